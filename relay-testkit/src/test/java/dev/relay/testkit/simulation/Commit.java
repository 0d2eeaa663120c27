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

/** The changes of one transaction. Used by one thread. */
final class Commit {
  final List<Change<Conversation>> conversations = new ArrayList<>();
  final List<Change<SupportCase>> cases = new ArrayList<>();
  final List<TranscriptEntry> appended = new ArrayList<>();
  final List<LeftOut> leftOut = new ArrayList<>();
  final Set<LaneKey> touched = new LinkedHashSet<>();
  /** The lanes that were dropped, or that an operator made due again. */
  final Set<LaneKey> freed = new HashSet<>();

  /** A saved value and the value before it. */
  record Change<T>(Optional<T> before, T after) {}

  /** A range of places in a lane that are no longer delivered, both ends included. */
  record LeftOut(LaneKey lane, long first, long last) {}
}
