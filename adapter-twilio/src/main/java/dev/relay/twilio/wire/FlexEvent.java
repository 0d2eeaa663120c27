package dev.relay.twilio.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An event of a conversation that Relay handed over, with the fields that Relay uses. */
public sealed interface FlexEvent {

  /** Returns the name of the conversation. */
  ConversationName name();

  /**
   * A message was posted.
   *
   * @param name the conversation
   * @param message the message
   */
  record MessageAdded(ConversationName name, Message message) implements FlexEvent {}

  /**
   * A message was changed.
   *
   * @param name the conversation
   * @param message the message as it is now
   * @param version distinguishes this change from others of the same message
   */
  record MessageUpdated(ConversationName name, Message message, String version)
      implements FlexEvent {}

  /** A message was deleted. */
  record MessageRemoved(ConversationName name, Message message) implements FlexEvent {}

  /** The Twilio conversation was closed, by an agent, by a timer or by Relay. */
  record ConversationClosed(ConversationName name) implements FlexEvent {}

  /** The Twilio conversation no longer exists: somebody has deleted it. */
  record ConversationGone(ConversationName name) implements FlexEvent {}

  /** A task was made. */
  record TaskCreated(ConversationName name, TaskRef task) implements FlexEvent {}

  /** An agent accepted the task. */
  record AgentAccepted(ConversationName name, TaskRef task, Agent agent) implements FlexEvent {}

  /**
   * The agent's part is over: they left, or the conversation has ended.
   *
   * @param name the conversation
   * @param task the agent's task
   * @param agent the agent
   * @param isWrapUp whether the agent is still at work on it after the conversation: if its channel is open, they have not left yet
   */
  record AgentGone(ConversationName name, TaskRef task, Agent agent, boolean isWrapUp)
      implements FlexEvent {}

  /** No agent will accept the task any longer: it was cancelled, deleted or timed out. */
  record TaskGone(ConversationName name, TaskRef task, String reason) implements FlexEvent {
    /** Returns the event that a conversation has no task any longer although none was reported to have ended. */
    public static TaskGone lost(ConversationName name) {
      return new TaskGone(
          name,
          new TaskRef("lost-" + name, "", "", Optional.empty(), Optional.empty()),
          "its task is gone");
    }
  }

  /**
   * A message.
   *
   * @param sid {@code IM…}
   * @param index its position in the conversation, from 0
   * @param author the identity of its author
   * @param body its text, may be empty
   * @param attributes its attributes, JSON
   * @param media its files
   * @param isFromClient whether Twilio says that a client wrote it, as live agents do, and not a program by a call
   */
  record Message(
      String sid,
      long index,
      String author,
      String body,
      String attributes,
      List<Media> media,
      boolean isFromClient) {
    /** The author of a message whose program gave none. */
    private static final String NOBODY = "system";

    private static final int MAX_IDENTITY = 256;
    private static final int MAX_MEDIA = 10;

    /** Creates a message that was read, whose source is unknown. */
    public Message(
        String sid, long index, String author, String body, String attributes, List<Media> media) {
      this(sid, index, author, body, attributes, media, false);
    }

    /** Parses the message in the fields of a webhook; empty if it is incomplete. */
    public static Optional<Message> parse(Map<String, String> fields) {
      String sid = fields.getOrDefault("MessageSid", "");
      String index = fields.getOrDefault("Index", "");
      String author = fields.getOrDefault("Author", "");
      if (!Sid.MESSAGE.matches(sid)
          || !index.matches("\\d{1,9}")
          || author.length() > MAX_IDENTITY) {
        return Optional.empty();
      }
      return Optional.of(new Message(
          sid,
          Long.parseLong(index),
          author,
          fields.getOrDefault("Body", ""),
          fields.getOrDefault("Attributes", "{}"),
          media(Marks.json(fields.getOrDefault("Media", "[]"))),
          fields.getOrDefault("Source", "").equals("SDK")));
    }

    private static List<Media> media(JsonNode list) {
      List<Media> media = new ArrayList<>();
      for (JsonNode one : list) {
        String sid = one.path("Sid").asText("");
        if (Sid.MEDIA.matches(sid) && media.size() < MAX_MEDIA) {
          media.add(new Media(
              sid,
              one.path("Filename").asText(""),
              one.path("ContentType").asText(""),
              one.path("Size").asLong(0)));
        }
      }
      return List.copyOf(media);
    }

    /** Checks whether a program certainly wrote the message: one without a name, or Studio in the conversation's own name. */
    public boolean isAutomatic() {
      return author.equals(NOBODY) || Sid.CONVERSATION.matches(author);
    }

    /** Checks whether the message is a notification of a Flex plug-in to agents, which customers do not read in Flex either. */
    public boolean isNotification() {
      return Marks.json(attributes).path("notification").asBoolean(false);
    }

    /** Checks whether Relay posted the message. */
    public boolean isOurs() {
      return Marks.delivery(attributes).isPresent();
    }

    /** Leaves out what was written. */
    @Override
    public String toString() {
      return "Message[" + sid + " " + index + "]";
    }
  }

  /**
   * A file of a message.
   *
   * @param sid {@code ME…}
   * @param fileName untrusted
   * @param contentType untrusted
   * @param size in bytes, as Twilio reports it
   */
  record Media(String sid, String fileName, String contentType, long size) {}

  /**
   * A task in TaskRouter.
   *
   * @param task {@code WT…}
   * @param reservation {@code WR…} if one agent's part is meant, else empty
   * @param handoff the delivery id of its handoff
   * @param interaction the Flex interaction, if the task names it
   * @param channel the interaction's channel, if the task names it
   */
  record TaskRef(
      String task,
      String reservation,
      String handoff,
      Optional<String> interaction,
      Optional<String> channel) {
    /** Returns the task with those attributes; attributes that begin with flex are Twilio's own. */
    public static TaskRef of(String sid, String reservation, JsonNode attributes) {
      return new TaskRef(
          sid,
          reservation,
          attributes.path(TaskAttributes.HANDOFF).asText(""),
          Sid.INTERACTION.in(attributes, "flexInteractionSid"),
          Sid.INTERACTION_CHANNEL.in(attributes, "flexInteractionChannelSid"));
    }
  }

  /**
   * A live agent.
   *
   * @param identity their identity in conversations
   * @param displayName the name that customers see
   */
  record Agent(String identity, String displayName) {}
}
