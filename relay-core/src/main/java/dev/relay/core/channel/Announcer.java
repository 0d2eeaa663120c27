package dev.relay.core.channel;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.PortId;
import dev.relay.core.message.Topic;
import java.util.Optional;
import java.util.Set;

/**
 * The port through which announcements are published. Thread-safe. Rules: docs/announcer-contract.md, checked by the test kit's
 * AnnouncerContract.
 */
public interface Announcer {

  /** Returns the announcer's id; always the same (A1.1). Makes no network calls. */
  PortId id();

  /** Returns the topics that this announcer publishes; always the same. It receives no announcements of other topics. Default: news. */
  default Set<Topic> topics() {
    return Set.of(Topic.NEWS);
  }

  /**
   * Makes one attempt to publish an announcement and returns its result. May block.
   *
   * <ul>
   *   <li>MUST NOT throw when the far side fails (A1.2).
   *   <li>MUST show a repeated delivery id at most once (A1.3).
   *   <li>MUST return {@link DeliveryResult.Unknown} if the far side may have acted (A1.4).
   *   <li>MUST pass on the wait that the far side requests (A1.5).
   *   <li>MUST return {@link DeliveryResult.Rejected} if the far side will never accept the announcement (A1.6).
   *   <li>MUST keep the announcement's text out of reasons (A1.8) and show all of it (A1.9).
   * </ul>
   */
  DeliveryResult publish(Announcement announcement);

  /**
   * Checks whether an announcement has already been published. MUST NOT throw (A1.2); MUST return {@link LookUp.CannotTell} if the
   * answer is not known (A1.7). May block.
   */
  LookUp lookUp(Announcement announcement);

  /**
   * Changes a published announcement whose case has changed since, so that it shows the case's present state. Called in the order of the
   * announcements of a topic, and possibly more than once for one state. May block. Default: cards are not changed.
   *
   * <ul>
   *   <li>MUST NOT throw when the far side fails (A1.2).
   *   <li>MUST change the card in its place, and nothing if it is repeated (A1.10).
   *   <li>MUST return {@link DeliveryResult.Delivered} if the card was deleted (A1.11).
   *   <li>MUST NOT return it if the card does not show the state of its case (A1.12).
   * </ul>
   *
   * @param card the announcement with the case as it is now
   * @param externalId the id that {@link #publish} returned for it
   */
  default DeliveryResult update(Announcement card, String externalId) {
    return DeliveryResult.delivered();
  }

  /**
   * Reports this announcer's health: which topics cannot be published, and what to do. Customers can be helped without it. Makes no network
   * calls. Default: healthy.
   */
  default Health health() {
    return Health.up();
  }

  /**
   * An announcement to publish. Immutable.
   *
   * @param id the delivery's id, the same for every attempt
   * @param topic the subject; an announcer with a single place for all topics shows it there
   * @param title 1 to 200 characters
   * @param text 0 to 4,000 characters
   * @param url the address of further reading, if there is one
   * @param supportCase the case that it shows, as it is now; empty for other announcements
   */
  record Announcement(
      DeliveryId id,
      Topic topic,
      String title,
      String text,
      Optional<String> url,
      Optional<SupportCase> supportCase) {
    /** Creates an announcement that shows no case. */
    public Announcement(
        DeliveryId id, Topic topic, String title, String text, Optional<String> url) {
      this(id, topic, title, text, url, Optional.empty());
    }
  }
}
