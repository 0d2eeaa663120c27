package dev.relay.twilio.wire;

import java.util.List;
import java.util.Optional;

/** What Twilio reports of a conversation that Relay handed over; known fields only. */
public sealed interface FlexEvent {

  /** In which conversation. */
  ConversationName name();

  /**
   * A message was posted.
   *
   * @param name in which conversation
   * @param message the message
   */
  record MessageAdded(ConversationName name, Message message) implements FlexEvent {}

  /**
   * A message was changed.
   *
   * @param name in which conversation
   * @param message the message as it is now
   * @param version tells this change from others of the same message
   */
  record MessageUpdated(ConversationName name, Message message, String version)
      implements FlexEvent {}

  /** A message was taken back. */
  record MessageRemoved(ConversationName name, Message message) implements FlexEvent {}

  /** The Twilio conversation was closed, by an agent, by a timer or by Relay. */
  record ConversationClosed(ConversationName name) implements FlexEvent {}

  /** The Twilio conversation is not there any more: somebody has deleted it. */
  record ConversationGone(ConversationName name) implements FlexEvent {}

  /** A task was made. */
  record TaskCreated(ConversationName name, TaskRef task) implements FlexEvent {}

  /** An agent took the task. */
  record AgentAccepted(ConversationName name, TaskRef task, Agent agent) implements FlexEvent {}

  /** The agent works on the task no more: they left, or the conversation is over. */
  record AgentGone(ConversationName name, TaskRef task, Agent agent) implements FlexEvent {}

  /** Nobody will take the task any more: canceled, deleted or timed out. */
  record TaskGone(ConversationName name, TaskRef task, String reason) implements FlexEvent {}

  /**
   * A message.
   *
   * @param sid {@code IM…}
   * @param index its place in the conversation, from 0
   * @param author the identity of who wrote it
   * @param body its text, may be empty
   * @param attributes its attributes, JSON
   * @param media its files
   */
  record Message(
      String sid, long index, String author, String body, String attributes, List<Media> media) {
    /** Whether Relay posted it. */
    public boolean isOurs() {
      return Marks.delivery(attributes).isPresent();
    }

    /** Without what people wrote. */
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
   * @param size in bytes, as Twilio says
   */
  record Media(String sid, String fileName, String contentType, long size) {}

  /**
   * A task in TaskRouter.
   *
   * @param task {@code WT…}
   * @param reservation {@code WR…}, where one agent's part is meant
   * @param handoff the delivery id of the handoff that it stands for
   * @param interaction the Flex interaction, where the task says so
   * @param channel the interaction's channel, where the task says so
   */
  record TaskRef(
      String task,
      String reservation,
      String handoff,
      Optional<String> interaction,
      Optional<String> channel) {}

  /**
   * A live agent.
   *
   * @param identity what they are called in conversations
   * @param displayName what people see
   */
  record Agent(String identity, String displayName) {}
}
