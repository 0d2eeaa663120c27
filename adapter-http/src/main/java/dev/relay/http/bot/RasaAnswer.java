package dev.relay.http.bot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
import dev.relay.core.text.Cut;
import dev.relay.core.virtualagent.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads and writes the format of Rasa's REST channel. Thread-safe. */
public final class RasaAnswer {
  private static final int MAX_REPLIES = 5;
  private static final int MAX_DEPTH = 20;

  private final ObjectMapper mapper = JsonMapper.builder(JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build())
      .build();

  /** Returns the JSON of a question. */
  public byte[] question(String sender, String message) throws IOException {
    return mapper.writeValueAsBytes(Map.of("sender", sender, "message", message));
  }

  /** Returns the bot's answer; throws an {@link IOException} if the body is not in the format. */
  public Answer read(byte[] body) throws IOException {
    JsonNode messages = mapper.readTree(body);
    if (messages == null || !messages.isArray()) {
      throw new IOException("not a list of messages");
    }
    List<String> texts = new ArrayList<>();
    boolean handOff = false;
    for (JsonNode message : messages) {
      String text = text(message);
      if (!text.isBlank()) {
        texts.add(text);
      }
      handOff |= message.path("custom").path("handoff").asBoolean(false);
    }
    if (handOff || texts.isEmpty()) {
      return new Answer.HandOver(Answer.HandOverReason.VIRTUAL_AGENT, bodies(texts, List.of()));
    }
    return new Answer.Replied(
        bodies(texts, List.of(Button.TALK_TO_PERSON)), Answer.Outcome.ANSWERED, 1);
  }

  private static String text(JsonNode message) {
    List<String> lines = new ArrayList<>();
    line(message.path("text")).ifPresent(lines::add);
    line(message.path("image"))
        .filter(url -> url.toLowerCase(Locale.ROOT).startsWith("https://"))
        .ifPresent(lines::add);
    for (JsonNode button : message.path("buttons")) {
      line(button.path("title")).ifPresent(title -> lines.add("- " + title));
    }
    return String.join("\n", lines);
  }

  private static Optional<String> line(JsonNode node) {
    return Optional.ofNullable(node.textValue())
        .map(text -> text.replace("\0", ""))
        .filter(text -> !text.isBlank());
  }

  /** Returns at most five messages: the last one takes the rest, and only it has the buttons. */
  private static List<MessageBody> bodies(List<String> texts, List<Button> buttons) {
    List<String> few = texts;
    if (texts.size() > MAX_REPLIES) {
      few = new ArrayList<>(texts.subList(0, MAX_REPLIES - 1));
      few.add(String.join("\n\n", texts.subList(MAX_REPLIES - 1, texts.size())));
    }
    List<MessageBody> bodies = new ArrayList<>();
    for (int i = 0; i < few.size(); i++) {
      bodies.add(new MessageBody(
          Cut.withEllipsis(few.get(i), MessageBody.MAX_TEXT),
          List.of(),
          List.of(),
          i == few.size() - 1 ? buttons : List.of()));
    }
    return bodies;
  }
}
