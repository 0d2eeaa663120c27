package dev.relay.core.conversation;

/**
 * The reason why an event was refused; nothing was changed.
 *
 * @param code the kind of refusal, for programs
 * @param message what is wrong and what is allowed, for people, without the customer's words
 */
public record Refusal(Code code, String message) {

  /** The kinds of refusal. */
  public enum Code {
    /** No such conversation. */
    UNKNOWN_CONVERSATION,
    /** The customer has no conversation that is not closed. */
    NO_CONVERSATION,
    /** No such message in this conversation. */
    UNKNOWN_MESSAGE,
    /** Another live agent has the conversation. */
    ALREADY_TAKEN,
    /** No live agent has the conversation. */
    NOT_LIVE,
    /** The conversation has ended. */
    CLOSED,
    /** The message is somebody else's. */
    NOT_THE_AUTHOR,
    /** The customer may not write at the moment. */
    BLOCKED,
    /** The message has been sent, or was given up. */
    TOO_LATE,
    /** The channel cannot show the customer anything at the moment. */
    OUT_OF_REACH,
    /** Nobody works in that queue at the moment, so that its customers would wait for nobody. */
    UNSTAFFED,
    /** The values are beyond a limit. */
    INVALID
  }
}
