package dev.relay.twilio.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The parser of Twilio's webhooks about agents' conversations. Twilio may add fields at any time; unknown ones are ignored. */
public final class FlexEventParser {
  /** The events of TaskRouter that Relay uses. */
  public static final Set<String> TASK_EVENTS = Set.of(
      "task.created",
      "reservation.accepted",
      "reservation.wrapup",
      "reservation.completed",
      "task.canceled",
      "task.deleted",
      "task.system-deleted",
      "workflow.timeout");

  private static final int MAX_IDENTITY = 256;
  private static final int MAX_MEDIA = 10;

  private FlexEventParser() {}

  /** Parses an event of Conversations; empty if Relay does not use it or it is incomplete. */
  public static Optional<FlexEvent> ofConversation(
      ConversationName name, Map<String, String> fields) {
    String type = fields.getOrDefault("EventType", "");
    if (type.equals("onConversationStateUpdated")) {
      return fields.getOrDefault("StateTo", "").equals("closed")
          ? Optional.of(new FlexEvent.ConversationClosed(name))
          : Optional.empty();
    }
    if (!type.startsWith("onMessage")) {
      return Optional.empty();
    }
    return message(fields).flatMap(message -> switch (type) {
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

  /** Parses the message of an event; empty if it is incomplete. */
  public static Optional<FlexEvent.Message> message(Map<String, String> fields) {
    String sid = fields.getOrDefault("MessageSid", "");
    String index = fields.getOrDefault("Index", "");
    String author = fields.getOrDefault("Author", "");
    if (!Sid.MESSAGE.matches(sid) || !index.matches("\\d{1,9}") || author.length() > MAX_IDENTITY) {
      return Optional.empty();
    }
    return Optional.of(new FlexEvent.Message(
        sid,
        Long.parseLong(index),
        author,
        fields.getOrDefault("Body", ""),
        fields.getOrDefault("Attributes", "{}"),
        media(Marks.json(fields.getOrDefault("Media", "[]"))),
        fields.getOrDefault("Source", "").equals("SDK")));
  }

  private static List<FlexEvent.Media> media(JsonNode list) {
    List<FlexEvent.Media> media = new ArrayList<>();
    for (JsonNode one : list) {
      String sid = one.path("Sid").asText("");
      if (Sid.MEDIA.matches(sid) && media.size() < MAX_MEDIA) {
        media.add(new FlexEvent.Media(
            sid,
            one.path("Filename").asText(""),
            one.path("ContentType").asText(""),
            one.path("Size").asLong(0)));
      }
    }
    return List.copyOf(media);
  }

  /** Checks whether Relay uses an event of TaskRouter. */
  public static boolean isOfUse(Map<String, String> fields) {
    return TASK_EVENTS.contains(fields.getOrDefault("EventType", ""))
        && Sid.TASK.matches(fields.getOrDefault("TaskSid", ""));
  }

  /** Checks whether an event reports a new task. */
  public static boolean isCreation(Map<String, String> fields) {
    return fields.getOrDefault("EventType", "").equals("task.created");
  }

  /** Returns the name of a task's conversation, if Relay's attributes are there. */
  public static Optional<ConversationName> nameOfTask(Map<String, String> fields) {
    return ConversationName.parse(
        attributesOfTask(fields).path(TaskAttributes.CONVERSATION).asText(""));
  }

  /** Returns Twilio's id of a task's conversation, which is there even if an invite has dropped Relay's attributes. */
  public static Optional<String> conversationSidOfTask(Map<String, String> fields) {
    return sid(attributesOfTask(fields), "conversationSid", Sid.CONVERSATION);
  }

  private static JsonNode attributesOfTask(Map<String, String> fields) {
    return Marks.json(fields.getOrDefault("TaskAttributes", "{}"));
  }

  /** Parses an event of TaskRouter in that conversation; empty if Relay does not use it or it is incomplete. */
  public static Optional<FlexEvent> ofTask(ConversationName name, Map<String, String> fields) {
    JsonNode attributes = attributesOfTask(fields);
    String task = fields.getOrDefault("TaskSid", "");
    if (!isOfUse(fields)) {
      return Optional.empty();
    }
    String reservation = fields.getOrDefault("ReservationSid", "");
    FlexEvent.TaskRef ref =
        task(task, Sid.RESERVATION.matches(reservation) ? reservation : "", attributes);
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

  /** Returns the task with those attributes; attributes that begin with flex are Twilio's own. */
  public static FlexEvent.TaskRef task(String sid, String reservation, JsonNode attributes) {
    return new FlexEvent.TaskRef(
        sid,
        reservation,
        attributes.path(TaskAttributes.HANDOFF).asText(""),
        sid(attributes, "flexInteractionSid", Sid.INTERACTION),
        sid(attributes, "flexInteractionChannelSid", Sid.INTERACTION_CHANNEL));
  }

  private static Optional<String> sid(JsonNode attributes, String field, Sid kind) {
    return Optional.of(attributes.path(field).asText("")).filter(kind::matches);
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
        .orElseGet(() -> AgentNames.fromIdentity(identity));
    return Optional.of(new FlexEvent.Agent(identity, AgentNames.bounded(shown)));
  }
}
