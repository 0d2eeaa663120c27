package dev.relay.core.engine;

import dev.relay.core.id.EntryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.util.Optional;

/** The one lane of all announcements, and what fits into it. */
final class AnnouncementLane {
  static final int MAX_TITLE = 200;
  static final int MAX_TEXT = 4_000;

  private AnnouncementLane() {}

  /** Puts an announcement at the lane's end; that announcer publishes it after the commit. */
  static EntryId append(
      EntryContent.Announced what,
      PortId announcer,
      Transaction transaction,
      Changes changes,
      Instant now) {
    LaneKey lane = LaneKey.ANNOUNCEMENTS;
    changes.due(announcer);
    return transaction
        .append(
            lane.conversation(),
            lane.destination(),
            Optional.of(announcer),
            what,
            Optional.empty(),
            now)
        .id();
  }
}
