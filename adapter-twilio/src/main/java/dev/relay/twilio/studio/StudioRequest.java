package dev.relay.twilio.studio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.Marks;
import dev.relay.twilio.wire.Sid;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a Studio flow asks of Relay, in JSON: {@code {"conversation":"relay-17-1","message":"IM…","action":"answer"}}. Fields that
 * Relay does not know are an operator's own and left out.
 *
 * @param name the conversation
 * @param message which message started the flow; empty where the flow does not say
 * @param action what Relay is to do
 * @param widget which part of the flow failed; empty where none did
 */
public record StudioRequest(ConversationName name, String message, Action action, String widget) {
  /** The longest body: many times what the flow sends. */
  public static final int MAX_BODY = 16 * 1024;

  private static final Pattern WIDGET = Pattern.compile("[A-Za-z0-9_-]{0,100}");

  /** What Relay is to do. */
  enum Action {
    /** Let the virtual agent answer the customer. */
    ANSWER,
    /** Hand the conversation over to a live agent. */
    LIVE_AGENT,
    /** Know that a part of the flow failed. */
    FAILED
  }

  /** Reads a body; empty where it makes no sense. */
  static Optional<StudioRequest> parse(String body) {
    JsonNode json = Marks.json(body);
    if (!json.isObject()) {
      return Optional.empty();
    }
    Optional<ConversationName> name = text(json, "conversation").flatMap(ConversationName::parse);
    Optional<Action> action = text(json, "action").flatMap(StudioRequest::action);
    Optional<String> message =
        text(json, "message").filter(it -> it.isEmpty() || Sid.MESSAGE.matches(it));
    Optional<String> widget =
        text(json, "widget").filter(it -> WIDGET.matcher(it).matches());
    if (name.isEmpty() || action.isEmpty() || message.isEmpty() || widget.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new StudioRequest(name.get(), message.get(), action.get(), widget.get()));
  }

  private static Optional<Action> action(String text) {
    return switch (text) {
      case "", "answer" -> Optional.of(Action.ANSWER);
      case "person" -> Optional.of(Action.LIVE_AGENT);
      case "failed" -> Optional.of(Action.FAILED);
      default -> Optional.empty();
    };
  }

  /** A field's text, empty text where it is missing or null; nothing where it is something else. */
  private static Optional<String> text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.of("");
    }
    return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
  }
}
