package dev.relay.testkit.simulation;

/** The checks of a simulation, made all along and at its end. */
enum Check {
  /** Every acknowledged event is in a transcript. */
  NOTHING_ACKNOWLEDGED_IS_LOST,
  /** An event is applied once, however often it arrives. */
  NOTHING_IS_APPLIED_TWICE,
  /** Every entry that a lane marks as delivered was seen by the far side. */
  NOTHING_DELIVERED_IS_LOST,
  /** Nobody sees the same entry twice. */
  NOTHING_IS_SEEN_TWICE,
  /** Events are in the transcript in the order in which they were submitted. */
  TRANSCRIPT_KEEPS_THE_ORDER,
  /** The far side sees the entries of a lane in their order. */
  FAR_SIDE_SEES_THE_ORDER,
  /** Every question to the virtual agent is answered, once. */
  EVERY_QUESTION_IS_ANSWERED_ONCE,
  /** Conversations and cases change only in allowed ways. */
  TRANSITIONS_ARE_LEGAL,
  /** At most one conversation is open at an address. */
  ONE_OPEN_CONVERSATION_PER_ADDRESS,
  /** A conversation is handled by the virtual agent or by one live agent, never by two. */
  ONE_OWNER,
  /** A customer who waits for or writes with a live agent has an open case; a closed case never changes; each case has one reminder. */
  CASES_ARE_KEPT,
  /** The rows of lanes match their entries and never move back. */
  LANES_ARE_CONSISTENT,
  /** A parked lane stays parked until an operator decides. */
  PARKED_STAYS_PARKED,
  /** Once failures end, no backlog is left. */
  ALL_COMES_TO_REST,
  /** No task of the engine ends with an exception. */
  ENGINE_NEVER_BREAKS
}
