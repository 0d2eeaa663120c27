package dev.relay.testkit.model;

/** What holds in every state that the lane protocol can reach. */
enum Invariant {
  /** What the lane counts as delivered has arrived at the far side. */
  NOTHING_LOST,
  /** No message arrives twice; if calls may last for ever, only one that was in doubt and was looked up. */
  NOTHING_TWICE,
  /** No message arrives for the first time after a later one. */
  ORDER,
  /** Nobody claims a lane while the lease of another owner runs. */
  ONE_OWNER,
  /** An instance that has lost its claim, or has settled the entry before, changes nothing. */
  FENCED_CHANGES_NOTHING,
  /** Whatever has happened: if nothing more fails, all messages arrive and the lane becomes empty. */
  LANE_BECOMES_EMPTY
}
