package dev.relay.core.conversation;

/** Who has a conversation. */
public enum ConversationState {
  /** The virtual agent. */
  BOT,
  /** Nobody yet: it waits for a live agent. */
  WAITING,
  /** A live agent. */
  LIVE,
  /** Nobody any more. */
  CLOSED
}
