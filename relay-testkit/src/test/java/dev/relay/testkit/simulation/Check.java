package dev.relay.testkit.simulation;

/** Properties that a simulation checks while it runs and at its end. */
enum Check {
  /** Every acknowledged message is in a transcript. */
  NOTHING_ACKNOWLEDGED_IS_LOST,
  /** An event is applied once, however often it arrives. */
  NOTHING_IS_APPLIED_TWICE,
  /** Every entry that its lane marks as done was seen by the far side. */
  NOTHING_DELIVERED_IS_LOST,
  /** No delivery is seen twice. */
  NOTHING_IS_SEEN_TWICE,
  /** A handoff carries the messages before it and no others, and the same ones at every attempt. */
  NOTHING_REACHES_A_DESK_TWICE,
  /** No transcript that is passed on holds what its author had deleted, or the text before an edit. */
  NOTHING_TAKEN_BACK_IS_PASSED_ON,
  /** The engine's time is people's time: it differs from the wall clock by minutes at most, whatever the clock has done. */
  TIMES_ARE_RIGHT,
  /** A transcript contains messages in the order in which they were submitted. */
  TRANSCRIPT_KEEPS_THE_ORDER,
  /** The far side sees the entries of a lane in the lane's order. */
  FAR_SIDE_SEES_THE_ORDER,
  /** Every message to the virtual agent is part of exactly one question that is answered. */
  EVERY_QUESTION_IS_ANSWERED_ONCE,
  /** Conversations and cases change only by legal transitions. */
  TRANSITIONS_ARE_LEGAL,
  /** An address has at most one open conversation. */
  ONE_OPEN_CONVERSATION_PER_ADDRESS,
  /** Either the virtual agent or one live agent speaks in a conversation, never two of them. */
  ONE_OWNER,
  /** An internal text is in the record, and reaches no customer, desk or virtual agent. */
  INTERNAL_STAYS_INTERNAL,
  /** A customer's time of waiting neither begins anew nor earlier, whoever has had or passed on their conversation. */
  PLACES_ARE_KEPT,
  /** Nothing stays with a live agent who no longer takes part, or offered after the end of the offer; whoever waits is offered to whoever has room. */
  NOBODY_WAITS_UNSEEN,
  /** A waiting conversation is offered to at most one live agent, who is there, works in its queue and has room. */
  OFFERS_CAN_BE_ACCEPTED,
  /** A customer reads the place in the queue that they have. */
  PLACES_ARE_TOLD_RIGHT,
  /** A conversation waits in the queue of its case, with its priority, whoever has changed the case. */
  WAITING_FOLLOWS_THE_CASE,
  /** A macro is applied once and whole, or not at all. */
  MACROS_ARE_WHOLE,
  /** A live agent who is named in an internal text has one mention of it. */
  MENTIONS_ARISE_ONCE,
  /** Every waiting conversation has an unsolved case, and every live one a case that is not closed; a closed case never changes; a pending case gets one reminder. */
  CASES_ARE_KEPT,
  /** A conversation is closed for want of an answer only if its customer has said nothing since the question. */
  WHOEVER_ANSWERS_IS_HEARD,
  /** What belongs to a duplicate belongs to the case that remains: conversations, notes, tags, priority and work. */
  MERGES_LOSE_NOTHING,
  /** A merged case has no conversation, gets none and never changes again. */
  MERGED_CASES_REST,
  /** Of customers who are the same one stands for all. */
  ONE_CUSTOMER_STANDS_FOR_ALL,
  /** A planned message is written at most once, and never after its agent was told that it is cancelled. */
  PLANS_ARE_KEPT,
  /** A customer is told of each change of their case's status at most once, and of no other. */
  EACH_CHANGE_IS_TOLD_ONCE,
  /** The row of a lane matches the lane's entries and never moves back. */
  LANES_ARE_CONSISTENT,
  /** A parked lane stays parked until an operator, its customer or its live agent acts. */
  PARKED_STAYS_PARKED,
  /** A lane is not parked by a refusal of one entry, or by an outage of its port. */
  ONLY_WHAT_CONCERNS_A_LANE_PARKS_IT,
  /** After new words of a customer nothing is held that waited for them. */
  NEW_WORDS_END_THE_SILENCE,
  /** A lane gives its slot back after its turn while another lane of the port is due. */
  LANES_TAKE_TURNS,
  /** One address has at most one slot of a desk or of the virtual agent. */
  ADDRESSES_SHARE_THE_SLOTS,
  /** When an outage ends, the lanes that waited for its end are due within seconds. */
  OUTAGES_END_FOR_ALL,
  /** No customer whose words do not reach their live agent waits for a desk that is down for longer than the settings allow. */
  NOBODY_WAITS_FOR_A_DEAD_DESK,
  /** A customer sees an older conversation's entries before those of the next conversation. */
  CUSTOMER_SEES_THE_ORDER,
  /** No timer of a conversation or case is further ahead than the longest time limit. */
  NO_TIMER_IS_FAR_AHEAD,
  /** Once failures have stopped, the backlog empties. */
  ALL_COMES_TO_REST,
  /** No task of the engine ends with an exception. */
  ENGINE_NEVER_BREAKS
}
