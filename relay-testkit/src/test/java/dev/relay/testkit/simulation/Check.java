package dev.relay.testkit.simulation;

/** What a simulation checks, all along and at its end. */
enum Check {
  /** What was acknowledged stands in a transcript. */
  NOTHING_ACKNOWLEDGED_IS_LOST,
  /** An event is applied once, however often it arrives. */
  NOTHING_IS_APPLIED_TWICE,
  /** What a lane calls done was seen by the far side. */
  NOTHING_DELIVERED_IS_LOST,
  /** Nobody sees the same thing twice. */
  NOTHING_IS_SEEN_TWICE,
  /** What is handed in stands in the transcript in that order. */
  TRANSCRIPT_KEEPS_THE_ORDER,
  /** What stands in a lane is seen in that order. */
  FAR_SIDE_SEES_THE_ORDER,
  /** Every question to the virtual agent is answered, once. */
  EVERY_QUESTION_IS_ANSWERED_ONCE,
  /** Conversations and cases change only as they may. */
  TRANSITIONS_ARE_LEGAL,
  /** At an address at most one conversation is open. */
  ONE_OPEN_CONVERSATION_PER_ADDRESS,
  /** The virtual agent or one agent speaks, never two. */
  ONE_OWNER,
  /** Who waits or talks to an agent has a case on which work goes on; a closed case never changes; one reminder each. */
  CASES_ARE_KEPT,
  /** Rows of lanes fit what stands in them and never move back. */
  LANES_ARE_CONSISTENT,
  /** What was given up stays so until somebody decides. */
  PARKED_STAYS_PARKED,
  /** Once nothing fails any more, nothing waits any more. */
  ALL_COMES_TO_REST,
  /** No task of the engine ends with an exception. */
  ENGINE_NEVER_BREAKS
}
