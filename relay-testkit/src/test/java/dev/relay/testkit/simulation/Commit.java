package dev.relay.testkit.simulation;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.id.LaneKey;
import dev.relay.core.message.TranscriptEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Changes made by one transaction. Used by one thread. */
final class Commit {
  final List<Change<Conversation>> conversations = new ArrayList<>();
  final List<Change<SupportCase>> cases = new ArrayList<>();
  final List<TranscriptEntry> appended = new ArrayList<>();
  final List<LeftOut> leftOut = new ArrayList<>();
  final Set<LaneKey> touched = new LinkedHashSet<>();
  /** Lanes that were dropped, or that an operator made due again. */
  final Set<LaneKey> freed = new HashSet<>();

  /** A saved value and the value that it replaced. */
  record Change<T>(Optional<T> before, T after) {}

  /** Places of a lane that are no longer delivered, from the first to the last, both included. */
  record LeftOut(LaneKey lane, long first, long last) {}
}
