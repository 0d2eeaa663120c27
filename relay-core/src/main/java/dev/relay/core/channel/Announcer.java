package dev.relay.core.channel;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.PortId;
import dev.relay.core.message.Topic;
import java.util.Optional;
import java.util.Set;

/** Publishes announcements. Thread-safe. Rules: docs/announcer-contract.md, checked by the test kit's AnnouncerContract. */
public interface Announcer {

  /** The announcer's name, always the same (A1.1). */
  PortId id();

  /** What it shows; always the same. Announcements of other topics are not given to it. */
  default Set<Topic> topics() {
    return Set.of(Topic.NEWS);
  }

  /**
   * Makes one attempt and says what became of it. MUST NOT throw when the far side fails (A1.2); MUST show a repeated delivery id at
   * most once (A1.3); MUST answer {@link DeliveryResult.Unknown} where the far side may have acted (A1.4); MUST pass on how long it
   * asks to wait (A1.5); MUST answer {@link DeliveryResult.Rejected} where it will never take it (A1.6); MUST keep the words out of
   * reasons (A1.8) and show all of them (A1.9). May block.
   */
  DeliveryResult publish(Announcement announcement);

  /** Whether it stands there already. MUST NOT throw (A1.2); MUST say so where it cannot tell (A1.7). May block. */
  LookUp lookUp(Announcement announcement);

  /**
   * What is published.
   *
   * @param id the same for every attempt
   * @param topic what it is about; an announcer that has one place for all shows it there
   * @param title 1 to 200 characters
   * @param text 0 to 4,000 characters
   * @param url where to read on
   */
  record Announcement(
      DeliveryId id, Topic topic, String title, String text, Optional<String> url) {}
}
