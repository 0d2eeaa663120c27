package dev.relay.twilio.studio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.Marks;
import dev.relay.twilio.wire.Sid;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Studio flow's request, in JSON: {@code {"conversation":"relay-17-1","message":"IM…","action":"answer"}}. Unknown fields are the operator's own and ignored.
 *
 * @param name the conversation
 * @param message the message that started the flow; empty if the flow does not name it
 * @param action the requested action
 * @param widget the widget of the flow that failed; empty if none did
 */
public record StudioRequest(ConversationName name, String message, Action action, String widget) {
  /** The longest body: many times longer than the flow's. */
  public static final int MAX_BODY = 16 * 1024;

  private static final Pattern WIDGET = Pattern.compile("[A-Za-z0-9_-]{0,100}");

  /** The requested action. */
  enum Action {
    /** Let the virtual agent answer the customer. */
    ANSWER,
    /** Hand the conversation over to a live agent. */
    LIVE_AGENT,
    /** Note that a widget of the flow failed. */
    FAILED
  }

  /** Parses a body; empty if it is malformed. */
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

  /** Returns a field's text, which is empty if the field is missing or null; no text if it is of another type. */
  private static Optional<String> text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.of("");
    }
    return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
  }
}
