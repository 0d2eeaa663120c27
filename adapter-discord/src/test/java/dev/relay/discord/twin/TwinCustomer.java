package dev.relay.discord.twin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.testkit.Eventually;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The customer Ada in the twin: her actions, and the messages that the twin has stored for her. For one test. */
final class TwinCustomer {
  private final TwinServer twin;

  TwinCustomer(TwinServer twin) {
    this.twin = twin;
  }

  /** Returns the id of her direct messages with the bot. */
  String directMessages() {
    return twin.ask("direct", Map.of("user", twin.fact("ada"))).required("id").asText();
  }

  /** Writes to the bot, and returns the message's id. */
  String writes(String text) {
    return act("write", directMessages(), Map.of("text", text));
  }

  /** Edits a message that she has written to the bot. */
  void edits(String message, String text) {
    act("edit", directMessages(), Map.of("message", message, "text", text));
  }

  /** Runs a command, and returns the interaction's id. */
  String runs(String channel, String command, Map<String, String> options) {
    List<Map<String, Object>> given = options.entrySet().stream()
        .map(option ->
            Map.<String, Object>of("name", option.getKey(), "type", 3, "value", option.getValue()))
        .toList();
    return act("command", channel, Map.of("name", command, "options", given));
  }

  /** Submits a form, and returns the interaction's id. */
  String submits(String channel, String form, Map<String, String> fields) {
    return act("submit", channel, Map.of("form", form, "fields", fields));
  }

  /** Presses a button in her direct messages, and returns the interaction's id. */
  String presses(String message, String button) {
    return act("press", directMessages(), Map.of("message", message, "button", button));
  }

  private String act(String action, String channel, Map<String, ?> more) {
    Map<String, Object> what = new HashMap<>(more);
    what.put("channel", channel);
    what.put("user", twin.fact("ada"));
    return twin.ask(action, what).required("id").asText();
  }

  /** Returns the messages of a channel, the oldest first. */
  List<JsonNode> messages(String channel) {
    return list(twin.ask("messages", Map.of("channel", channel)));
  }

  /** Returns the texts of a channel, the oldest first. */
  List<String> texts(String channel) {
    return messages(channel).stream().map(TwinCustomer::text).toList();
  }

  /** Waits for a message in her direct messages. */
  JsonNode awaitMessage(String what, Predicate<JsonNode> wanted) {
    String channel = directMessages();
    return Eventually.gives(
        what, () -> messages(channel).stream().filter(wanted).findFirst().orElse(null));
  }

  /** Waits for a message with that beginning in her direct messages. */
  JsonNode awaitText(String beginning) {
    return awaitMessage(beginning, message -> text(message).startsWith(beginning));
  }

  /** Waits until Relay has acknowledged an interaction, and returns the acknowledgement as the twin stores it. */
  JsonNode awaitAcknowledged(String interaction) {
    return Eventually.gives("interaction " + interaction + " is acknowledged", () -> {
      JsonNode stored = twin.ask("interaction", Map.of("id", interaction));
      return stored.required("acknowledged").asBoolean() ? stored : null;
    });
  }

  /** Waits until a deferred answer has come, and returns its text. */
  String awaitAnswer(String interaction, String channel) {
    return Eventually.gives("an answer to interaction " + interaction, () -> {
      JsonNode stored = twin.ask("interaction", Map.of("id", interaction));
      String message = stored.required("messageId").asText();
      return messages(channel).stream()
          .filter(it -> it.required("id").asText().equals(message))
          .map(TwinCustomer::text)
          .findFirst()
          .orElse(null);
    });
  }

  static String text(JsonNode message) {
    return message.required("content").asText();
  }

  /** Returns the buttons of a message. */
  static List<JsonNode> buttons(JsonNode message) {
    return list(message.path("components")).stream()
        .flatMap(row -> list(row.path("components")).stream())
        .toList();
  }

  /** Returns the custom id of the button that begins with a prefix. */
  static String button(JsonNode message, String beginning) {
    return ids(message).filter(id -> id.startsWith(beginning)).findFirst().orElseThrow();
  }

  /** Checks whether a message has a button whose custom id begins with a prefix. */
  static boolean hasButton(JsonNode message, String beginning) {
    return ids(message).anyMatch(id -> id.startsWith(beginning));
  }

  private static Stream<String> ids(JsonNode message) {
    return buttons(message).stream().map(button -> button.path("custom_id").asText());
  }

  static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
