package dev.relay.core.channel;

import dev.relay.core.delivery.DeliveryId;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.delivery.PortId;
import java.util.Optional;

/** Publishes announcements. Thread-safe. Rules as for {@link Channel#deliver} and {@link Channel#lookUp}. */
public interface Announcer {

  /** The announcer's name, always the same. */
  PortId id();

  /** Makes one attempt and says what became of it. MUST show a repeated delivery id at most once. May block. */
  DeliveryResult publish(Announcement announcement);

  /** Whether it stands there already. May block. */
  LookUp lookUp(Announcement announcement);

  /**
   * What is published.
   *
   * @param id the same for every attempt
   * @param title 1 to 200 characters
   * @param text 0 to 4,000 characters
   * @param url where to read on
   */
  record Announcement(DeliveryId id, String title, String text, Optional<String> url) {}
}
