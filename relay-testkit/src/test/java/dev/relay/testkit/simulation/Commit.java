package dev.relay.testkit.simulation;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.id.LaneKey;
import dev.relay.core.message.TranscriptEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Changes made by one transaction. Used by one thread. */
final class Commit {
  final List<Change<Conversation>> conversations = new ArrayList<>();
  final List<Change<SupportCase>> cases = new ArrayList<>();
  final List<TranscriptEntry> appended = new ArrayList<>();
  final List<LeftOut> leftOut = new ArrayList<>();
  final Set<LaneKey> touched = new LinkedHashSet<>();
  /** Lanes that were claimed, with the time. */
  final Map<LaneKey, Instant> claimed = new HashMap<>();
  /** Lanes whose head was done and that their owner kept for the next entry. */
  final Map<LaneKey, Kept> kept = new HashMap<>();
  /** Lanes that their owner gave back. */
  final Set<LaneKey> released = new HashSet<>();
  /** Lanes that were dropped, passed to another port, or that a person made due again. */
  final Set<LaneKey> freed = new HashSet<>();

  /** The time at which a lane was kept, and whether another lane of its port was due then. */
  record Kept(Instant at, boolean isAnotherDue) {}

  /** A saved value and the value that it replaced. */
  record Change<T>(Optional<T> before, T after) {}

  /** Places of a lane that are no longer delivered, from the first to the last, both included. */
  record LeftOut(LaneKey lane, long first, long last) {}
}
