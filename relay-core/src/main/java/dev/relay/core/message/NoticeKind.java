package dev.relay.core.message;

/** The notices from Relay itself. Each has a text in every shipped language, which the operator can override. */
public enum NoticeKind {
  /** A case was opened. Arguments: {@code case}. No longer sent: {@link #QUEUE_POSITION} names the case; stored transcripts have it. */
  CASE_OPENED,
  /** A case of the customer that was solved is open again. Arguments: {@code case}, {@code subject}. */
  CASE_REOPENED,
  /** A case of the customer waits for their reply. Arguments: {@code case}, {@code subject}. */
  CASE_PENDING,
  /** A case of the customer was solved outside the conversation. Arguments: {@code case}, {@code subject}. */
  CASE_SOLVED,
  /** A case of the customer is part of another one from now on. Arguments: {@code case}, {@code into}, {@code subject}. */
  CASE_MERGED,
  /** The customer no longer receives notices of what happens to their cases. */
  CASE_NOTICES_STOPPED,
  /** The customer receives these notices again. */
  CASE_NOTICES_RESUMED,
  /** The customer waits for a live agent. Arguments: {@code position} in the queue; 1 is next; {@code case}. */
  QUEUE_POSITION,
  /** The customer asked for a live agent again and waits already. Arguments: {@code position}. */
  STILL_IN_QUEUE,
  /** A live agent has joined the conversation. Arguments: {@code agent}. */
  AGENT_JOINED,
  /** A live agent writes to the customer without having been asked. Arguments: {@code agent}, {@code case}, {@code subject}. */
  AGENT_WRITES,
  /** The live agent has left without ending the conversation; the customer waits again. Arguments: {@code agent}, {@code position}. */
  AGENT_LEFT,
  /** The conversation was passed to another team; the customer waits there. Arguments: {@code position}, {@code case}. */
  TRANSFERRED,
  /** The live agent has ended the conversation and the case is solved. Arguments: {@code case}. */
  ENDED_SOLVED,
  /** The live agent has ended the conversation and the case stays open. Arguments: {@code case}. */
  ENDED_PENDING,
  /** The live agent asks whether the matter is solved. Arguments: {@code agent}, {@code case}. */
  CLOSE_PROPOSED,
  /** The conversation was closed as solved because the customer did not answer that question. Arguments: {@code case}. */
  CLOSED_UNANSWERED,
  /** The customer has ended the conversation. */
  ENDED_BY_CUSTOMER,
  /** The customer has ended a conversation that waited for, or was with, a live agent. Arguments: {@code case}. */
  CLOSED_BY_CUSTOMER,
  /** The conversation was closed because nobody wrote any longer. Arguments: {@code case}, if it was with a live agent. */
  ENDED_IDLE,
  /** No live agent can accept the conversation now; the case stays open. Arguments: {@code case}. */
  NO_AGENT,
  /** It is outside business hours; the case stays open. Arguments: {@code case}. */
  OUTSIDE_BUSINESS_HOURS,
  /** No live agent accepted the conversation in time; the case stays open. Arguments: {@code case}. */
  QUEUE_TIMEOUT,
  /** The virtual agent could not answer; the customer waits for a live agent. Arguments: {@code position}, {@code case}. */
  VIRTUAL_AGENT_FAILED,
  /** Thanks for confirming that the answer helped. */
  GLAD_IT_HELPED,
  /** Thanks for a rating. Arguments: {@code score}, 1 to 5. */
  THANKS_FOR_RATING,
  /** Regret that the answer did not help; a live agent is one click away. */
  SORRY_IT_DID_NOT_HELP,
  /** The customer of a pending case is asked whether they still need help. Arguments: {@code case}, {@code subject}. */
  CASE_REMINDER,
  /** For live agents: a message did not reach the customer. Arguments: {@code reason}. */
  DELIVERY_FAILED,
  /** A message was edited, and the receiving side cannot show edits. Arguments: {@code text}. */
  CHANGE_NOT_SHOWN
}
