package dev.relay.core.engine.lane;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Queries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The edits and deletions of an entry that were made while it waited in its lane: it is delivered as it is now, and not at all if
 * it was taken back.
 */
final class LaterChanges {
  /** How many entries after the waiting one are searched for changes; a longer backlog delivers later changes one by one. */
  private static final int SEARCHED = 200;

  private LaterChanges() {}

  /** Returns the entry as it is now; empty if its author has deleted it. */
  static Optional<TranscriptEntry> asItIsNow(TranscriptEntry waiting, Queries queries) {
    if (!(waiting.content() instanceof EntryContent.Said)) {
      return Optional.of(waiting);
    }
    List<TranscriptEntry> entries = new ArrayList<>(List.of(waiting));
    entries.addAll(queries.transcript(waiting.conversation(), waiting.id(), SEARCHED));
    return TranscriptEntry.asSeen(entries).stream()
        .filter(it -> it.id().equals(waiting.id()))
        .findFirst();
  }

  /** Returns the last entries up to and including the waiting one, as they are now; a deleted one is missing. */
  static List<TranscriptEntry> history(TranscriptEntry waiting, int limit, Queries queries) {
    return upTo(waiting, around(waiting, limit, queries));
  }

  /** Returns the last entries up to and including the waiting one, and those after it, as they were written. */
  static List<TranscriptEntry> around(TranscriptEntry waiting, int limit, Queries queries) {
    List<TranscriptEntry> entries =
        new ArrayList<>(queries.latestEntries(waiting.conversation(), waiting.id(), limit));
    entries.addAll(queries.transcript(waiting.conversation(), waiting.id(), SEARCHED));
    return entries;
  }

  /** Returns those entries up to and including the waiting one, as they are now; a deleted one is missing. */
  static List<TranscriptEntry> upTo(TranscriptEntry waiting, List<TranscriptEntry> entries) {
    return TranscriptEntry.asSeen(entries).stream()
        .filter(it -> it.id().value() <= waiting.id().value())
        .toList();
  }

  /**
   * Returns the attempt at a message that was deleted while it waited: an earlier attempt in doubt is still looked up, so that a
   * message that did arrive can be deleted on the far side; nothing is sent.
   */
  static Attempt ofDeleted(Attempt attempt) {
    return new Attempt() {
      @Override
      public boolean callsPort() {
        return false;
      }

      @Override
      public Outcome make() {
        return Outcome.of(DeliveryResult.delivered());
      }

      @Override
      public LookUp look() {
        return attempt.look();
      }
    };
  }
}
