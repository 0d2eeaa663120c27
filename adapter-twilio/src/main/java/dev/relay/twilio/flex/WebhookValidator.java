package dev.relay.twilio.flex;

import dev.relay.twilio.rest.AccountIds;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.wire.FlexEventParser;
import dev.relay.twilio.wire.Marks;
import dev.relay.twilio.wire.Sid;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The validator of signed webhooks: checks that an event has the fields that Twilio always sends, each in its format. The signature
 * covers the concatenated names and values, so it does not distinguish {@code Body=x, From=u} from {@code Body=xFromu}. If a required
 * field has a narrow format, neither it nor its neighbour can absorb the other. Twilio may add fields at any time.
 */
final class WebhookValidator {
  private static final Pattern CONVERSATION_EVENT = Pattern.compile("on[A-Z][A-Za-z]{1,50}");
  private static final Pattern TASK_EVENT = Pattern.compile("[a-z-]{1,30}(\\.[a-z-]{1,30}){1,3}");
  private static final Set<String> CONVERSATION_EVENTS = Set.of(
      "onMessageAdded", "onMessageUpdated", "onMessageRemoved", "onConversationStateUpdated");
  private static final Pattern SOURCE = Pattern.compile("[A-Z_]{2,30}");
  private static final Pattern INDEX = Pattern.compile("\\d{1,9}");
  private static final Pattern DATE = Pattern.compile(
      "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:?\\d{2})");
  private static final Set<String> STATES = Set.of("initializing", "active", "inactive", "closed");
  private static final int MAX_IDENTITY = 256;

  private final String account;
  private final AccountIds ids;

  WebhookValidator(TwilioConnection connection) {
    this.account = connection.settings().accountSid();
    this.ids = connection.ids();
  }

  /** Checks the service, which Twilio does not always name. If it is missing, the text before it must not have swallowed it. */
  private boolean isOfService(Map<String, String> fields) {
    return fields.containsKey("ChatServiceSid")
        ? has(
            fields,
            "ChatServiceSid",
            it -> Sid.CHAT_SERVICE.matches(it) && ids.mayBeChatService(it))
        : fields.values().stream().noneMatch(it -> it.contains("ChatServiceSid"));
  }

  /** Checks whether an event of Conversations is complete. Of an unknown event only the common fields are checked. */
  boolean isConversationEvent(Map<String, String> fields) {
    boolean common = equals(fields, "AccountSid", account)
        && isOfService(fields)
        && has(fields, "ConversationSid", Sid.CONVERSATION::matches)
        && has(fields, "EventType", CONVERSATION_EVENT)
        && has(fields, "EventType", it -> hasSwallowedNothing(it, CONVERSATION_EVENTS))
        && has(fields, "Source", SOURCE);
    String type = fields.getOrDefault("EventType", "");
    if (type.equals("onConversationStateUpdated")) {
      return common
          && has(fields, "StateFrom", STATES::contains)
          && has(fields, "StateTo", STATES::contains);
    }
    return common && (!type.startsWith("onMessage") || isMessage(type, fields));
  }

  private static boolean isMessage(String type, Map<String, String> fields) {
    return has(fields, "MessageSid", Sid.MESSAGE::matches)
        && has(fields, "Index", INDEX)
        && has(fields, "DateCreated", DATE)
        && (!type.equals("onMessageUpdated") || has(fields, "DateUpdated", DATE))
        && has(fields, "Attributes", Marks::isJson)
        && has(fields, "Author", it -> !it.isBlank() && it.length() <= MAX_IDENTITY)
        && (!fields.containsKey("Media") || has(fields, "Media", Marks::isJson))
        && (fields.containsKey("Body") || isFileWithoutText(fields));
  }

  /** Checks a message without a text: it must have files, and its author's name must not have swallowed a text. */
  private static boolean isFileWithoutText(Map<String, String> fields) {
    return fields.containsKey("Media") && !fields.getOrDefault("Author", "").contains("Body");
  }

  /** Checks whether an event of TaskRouter is complete, as far as Relay uses it. */
  boolean isTaskEvent(Map<String, String> fields) {
    boolean common = equals(fields, "AccountSid", account)
        && has(fields, "WorkspaceSid", it -> Sid.WORKSPACE.matches(it) && ids.mayBeWorkspace(it))
        && has(fields, "EventType", TASK_EVENT)
        && has(fields, "EventType", it -> hasSwallowedNothing(it, FlexEventParser.TASK_EVENTS));
    String type = fields.getOrDefault("EventType", "");
    if (!FlexEventParser.TASK_EVENTS.contains(type)) {
      return common;
    }
    return common
        && has(fields, "TaskSid", Sid.TASK::matches)
        && has(fields, "TaskAttributes", Marks::isJson)
        && (!type.startsWith("reservation.") || isReservation(fields));
  }

  private static boolean isReservation(Map<String, String> fields) {
    return has(fields, "ReservationSid", Sid.RESERVATION::matches)
        && has(fields, "WorkerSid", Sid.WORKER::matches)
        && has(fields, "WorkerName", it -> !it.isBlank() && it.length() <= MAX_IDENTITY)
        && has(fields, "WorkerAttributes", Marks::isJson);
  }

  /** Checks an event's name: a known name with something appended is malformed. */
  private static boolean hasSwallowedNothing(String type, Set<String> knownTypes) {
    return knownTypes.contains(type) || knownTypes.stream().noneMatch(type::startsWith);
  }

  private static boolean equals(Map<String, String> fields, String name, String value) {
    return has(fields, name, value::equals);
  }

  private static boolean has(Map<String, String> fields, String name, Pattern pattern) {
    return has(fields, name, it -> pattern.matcher(it).matches());
  }

  private static boolean has(Map<String, String> fields, String name, Predicate<String> form) {
    String value = fields.get(name);
    return value != null && form.test(value);
  }
}
