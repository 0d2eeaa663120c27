package dev.relay.core.message;

/** What Relay itself can say; each has a text in every shipped language, which the operator can override. */
public enum NoticeKind {
  /** A case was opened. Arguments: {@code case}. */
  CASE_OPENED,
  /** The last case was taken up again. Arguments: {@code case}. */
  CASE_REOPENED,
  /** The customer waits for an agent. Arguments: {@code position} in the queue, 1 is next. */
  QUEUE_POSITION,
  /** An agent has taken the conversation. Arguments: {@code agent}. */
  AGENT_JOINED,
  /** The agent has left without ending; the customer waits again. Arguments: {@code agent}. */
  AGENT_LEFT,
  /** The agent has ended the conversation and the case is solved. Arguments: {@code case}. */
  ENDED_SOLVED,
  /** The agent has ended the conversation and the case stays open. Arguments: {@code case}. */
  ENDED_PENDING,
  /** The customer has ended the conversation. */
  ENDED_BY_CUSTOMER,
  /** The conversation was closed because nobody wrote any more. */
  ENDED_IDLE,
  /** No agent can take the conversation now; the case stays. Arguments: {@code case}. */
  NO_AGENT,
  /** It is outside business hours; the case stays. Arguments: {@code case}. */
  OUTSIDE_BUSINESS_HOURS,
  /** Nobody took the conversation in time; the case stays. Arguments: {@code case}. */
  QUEUE_TIMEOUT,
  /** The virtual agent could not answer. */
  VIRTUAL_AGENT_FAILED,
  /** Thanks for saying that it helped. */
  GLAD_IT_HELPED,
  /** Thanks for a rating. */
  THANKS_FOR_RATING,
  /** Sorry that it did not help; a person is one click away. */
  SORRY_IT_DID_NOT_HELP,
  /** The customer is asked whether a pending case still matters. Arguments: {@code case}, {@code subject}. */
  CASE_REMINDER,
  /** For agents: a message did not reach the customer. Arguments: {@code reason}. */
  DELIVERY_FAILED,
  /** A message was edited on a side that the other side cannot show as an edit. Arguments: {@code text}. */
  CHANGE_NOT_SHOWN
}
