package dev.relay.core.conversation;

/** The state of a conversation. */
public enum ConversationState {
  /** The virtual agent answers. */
  BOT,
  /** The conversation waits for a live agent. */
  WAITING,
  /** A live agent answers. */
  LIVE,
  /** The conversation has ended. */
  CLOSED
}
