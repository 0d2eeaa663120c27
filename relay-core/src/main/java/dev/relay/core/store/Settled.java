package dev.relay.core.store;

import dev.relay.core.message.TranscriptEntry;

/** The result of settling an attempt. */
public sealed interface Settled {

  /** The lane belongs to another owner by now, or the entry is already settled: nothing was changed. */
  record Fenced() implements Settled {}

  /** The lane was given back: empty, waiting or parked. */
  record Released() implements Settled {}

  /** The head is done and the owner still has the lane for the next entry. */
  record Next(TranscriptEntry head) implements Settled {}
}
