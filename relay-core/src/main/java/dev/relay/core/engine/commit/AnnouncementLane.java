package dev.relay.core.engine.commit;

import dev.relay.core.id.EntryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.util.Optional;

/** The lanes of announcements, one per topic. */
public final class AnnouncementLane {
  private AnnouncementLane() {}

  /** Appends an announcement, which the announcer publishes after the commit, and returns the id of its entry. */
  public static EntryId append(
      EntryContent.Announced announcement,
      PortId announcer,
      Transaction transaction,
      Changes changes,
      Instant now) {
    LaneKey lane = announcement.topic().lane();
    changes.due(announcer);
    return transaction
        .append(
            lane.conversation(),
            lane.destination(),
            Optional.of(announcer),
            announcement,
            Optional.empty(),
            now)
        .id();
  }
}
