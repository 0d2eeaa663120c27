package dev.relay.core.message;

/** A button below a message. The channel renders the label in the customer's language. */
public enum Button {
  /** Asks for a live agent. */
  TALK_TO_PERSON,
  /** Says that the articles answered the question. */
  THAT_HELPED,
  /** Says that they did not. */
  DID_NOT_HELP,
  /** Rates the conversation: the channel shows the five steps of {@code CustomerRated}. */
  RATE,
  /** Adds a comment to the rating that was given: the channel asks for it. */
  ADD_COMMENT,
  /** Says that the matter is solved: the answer to the question whether the conversation can be closed. */
  IT_IS_SOLVED,
  /** Says that it is not solved; after the end of a conversation it asks for a live agent about the same case. */
  STILL_NEED_HELP,
  /** Ends the notices of what happens to the customer's cases, until they want them again. */
  STOP_CASE_NOTICES,
  /** Wants these notices again. */
  RESUME_CASE_NOTICES
}
