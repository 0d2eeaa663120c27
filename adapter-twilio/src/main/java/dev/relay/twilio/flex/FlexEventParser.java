package dev.relay.twilio.flex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.message.Participant;
import dev.relay.twilio.rest.AccountIds;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.wire.AgentNames;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.FlexEvent;
import dev.relay.twilio.wire.Marks;
import dev.relay.twilio.wire.Sid;
import dev.relay.twilio.wire.SingleLine;
import dev.relay.twilio.wire.TaskAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parser of signed webhooks about agents' conversations. It first checks that an event has the fields that Twilio always sends, each
 * in its format: the signature covers the concatenated names and values, so it does not distinguish {@code Body=x, From=u} from
 * {@code Body=xFromu}. If a required field has a narrow format, neither it nor its neighbour can absorb the other. Twilio may add fields
 * at any time; unknown ones are ignored.
 */
final class FlexEventParser {
  /** The events of TaskRouter that Relay uses. */
  static final Set<String> TASK_EVENTS = Set.of(
      "task.created",
      "reservation.accepted",
      "reservation.wrapup",
      "reservation.completed",
      "task.canceled",
      "task.deleted",
      "task.system-deleted",
      "workflow.timeout");

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

  FlexEventParser(TwilioConnection connection) {
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
        && has(fields, "EventType", it -> hasSwallowedNothing(it, TASK_EVENTS));
    String type = fields.getOrDefault("EventType", "");
    if (!TASK_EVENTS.contains(type)) {
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

  /** Parses an event of Conversations; empty if Relay does not use it or it is incomplete. */
  static Optional<FlexEvent> ofConversation(ConversationName name, Map<String, String> fields) {
    String type = fields.getOrDefault("EventType", "");
    if (type.equals("onConversationStateUpdated")) {
      return fields.getOrDefault("StateTo", "").equals("closed")
          ? Optional.of(new FlexEvent.ConversationClosed(name))
          : Optional.empty();
    }
    if (!type.startsWith("onMessage")) {
      return Optional.empty();
    }
    return FlexEvent.Message.parse(fields).flatMap(message -> switch (type) {
      case "onMessageAdded" -> Optional.of(new FlexEvent.MessageAdded(name, message));
      case "onMessageUpdated" ->
        Optional.of(new FlexEvent.MessageUpdated(
            name, message, version(fields.getOrDefault("DateUpdated", ""), message.body())));
      case "onMessageRemoved" -> Optional.of(new FlexEvent.MessageRemoved(name, message));
      default -> Optional.empty();
    });
  }

  /** Distinguishes changes of one message, even two within Twilio's precision of time. */
  private static String version(String dateUpdated, String body) {
    String date = dateUpdated.length() > 40 ? dateUpdated.substring(0, 40) : dateUpdated;
    return date + "-" + Integer.toHexString(body.hashCode());
  }

  /** Checks whether Relay uses an event of TaskRouter. */
  static boolean isOfUse(Map<String, String> fields) {
    return TASK_EVENTS.contains(fields.getOrDefault("EventType", ""))
        && Sid.TASK.matches(fields.getOrDefault("TaskSid", ""));
  }

  /** Checks whether an event reports a new task. */
  static boolean isCreation(Map<String, String> fields) {
    return fields.getOrDefault("EventType", "").equals("task.created");
  }

  /** Returns the name of a task's conversation, if Relay's attributes are there. */
  static Optional<ConversationName> nameOfTask(Map<String, String> fields) {
    return ConversationName.parse(
        attributesOfTask(fields).path(TaskAttributes.CONVERSATION).asText(""));
  }

  /** Returns Twilio's id of a task's conversation, which is there even if an invite has dropped Relay's attributes. */
  static Optional<String> conversationSidOfTask(Map<String, String> fields) {
    return Sid.CONVERSATION.in(attributesOfTask(fields), "conversationSid");
  }

  private static JsonNode attributesOfTask(Map<String, String> fields) {
    return Marks.json(fields.getOrDefault("TaskAttributes", "{}"));
  }

  /** Parses an event of TaskRouter in that conversation; empty if Relay does not use it or it is incomplete. */
  static Optional<FlexEvent> ofTask(ConversationName name, Map<String, String> fields) {
    JsonNode attributes = attributesOfTask(fields);
    String task = fields.getOrDefault("TaskSid", "");
    if (!isOfUse(fields)) {
      return Optional.empty();
    }
    String reservation = fields.getOrDefault("ReservationSid", "");
    FlexEvent.TaskRef ref = FlexEvent.TaskRef.of(
        task, Sid.RESERVATION.matches(reservation) ? reservation : "", attributes);
    return switch (fields.getOrDefault("EventType", "")) {
      case "task.created" -> Optional.of(new FlexEvent.TaskCreated(name, ref));
      case "reservation.accepted" ->
        agent(fields).map(it -> new FlexEvent.AgentAccepted(name, ref, it));
      case "reservation.wrapup", "reservation.completed" ->
        agent(fields)
            .map(it -> new FlexEvent.AgentGone(
                name, ref, it, fields.getOrDefault("EventType", "").endsWith(".wrapup")));
      case "task.canceled" ->
        Optional.of(new FlexEvent.TaskGone(name, ref, "the task was canceled"));
      case "task.deleted", "task.system-deleted" ->
        Optional.of(new FlexEvent.TaskGone(name, ref, "the task was deleted"));
      case "workflow.timeout" ->
        Optional.of(new FlexEvent.TaskGone(name, ref, "nobody took the task in time"));
      default -> Optional.empty();
    };
  }

  private static Optional<FlexEvent.Agent> agent(Map<String, String> fields) {
    JsonNode worker = Marks.json(fields.getOrDefault("WorkerAttributes", "{}"));
    String workerName = fields.getOrDefault("WorkerName", "");
    String uri = worker.path("contact_uri").asText("");
    String identity = uri.startsWith("client:") ? uri.substring("client:".length()) : workerName;
    if (identity.isBlank() || identity.length() > MAX_IDENTITY) {
      return Optional.empty();
    }
    // Flex shows customers the public identity if the agent has one.
    String shown = Stream.of("public_identity", "full_name")
        .map(field -> SingleLine.of(worker.path(field).asText("")))
        .filter(it -> !it.isEmpty())
        .findFirst()
        .orElse(Participant.UNNAMED_AGENT);
    return Optional.of(new FlexEvent.Agent(identity, AgentNames.bounded(shown)));
  }
}
