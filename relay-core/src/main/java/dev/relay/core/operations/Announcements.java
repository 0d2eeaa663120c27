package dev.relay.core.operations;

import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.message.EntryContent.Announced.Planned;
import dev.relay.core.message.Participant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The service that publishes announcements to the community. Thread-safe. */
public interface Announcements {

  /** Checks whether an announcer is configured. */
  boolean isPossible();

  /**
   * Returns why announcements are stored but not published at the moment: an earlier one was refused and waits for a retry, or the announcer
   * fails. Empty if nothing is known to stop them. Reads the store.
   */
  default Optional<String> heldBecause() {
    return Optional.empty();
  }

  /**
   * Stores an announcement and publishes it as soon as possible, in order.
   *
   * @param author the author
   * @param title 1 to 200 characters
   * @param text 0 to 4,000 characters
   * @param url the https address of further reading, if there is one
   * @return the id of the entry, once it is stored; fails with an {@link IllegalStateException} without an announcer, with an
   *     {@link IllegalArgumentException} if the title or the text has the wrong length
   */
  default CompletableFuture<EntryId> publish(
      Participant author, String title, String text, Optional<String> url) {
    return publish(author, title, text, url, Optional.empty());
  }

  /**
   * Stores and publishes an announcement once: a repeat with the same key publishes nothing and returns the first entry, also after a
   * restart, for {@link Settings#seenFor}.
   *
   * @param author the author
   * @param title 1 to 200 characters
   * @param text 0 to 4,000 characters
   * @param url the https address of further reading, if there is one
   * @param key identifies repeats; empty if each call publishes an announcement
   * @return as the method without a key
   */
  CompletableFuture<EntryId> publish(
      Participant author, String title, String text, Optional<String> url, Optional<EventKey> key);

  /**
   * Stores an announcement that is published at a later time, also after a restart. Once published it is delivered like every other.
   *
   * @param author the author
   * @param title 1 to 200 characters
   * @param text 0 to 4,000 characters
   * @param url the https address of further reading, if there is one
   * @param at the time, from now to {@link Planned#MAX_AHEAD}
   * @param sourceId a key of the request: a repeat of the author with the same key among the last 100 plans nothing and returns the first
   * @return empty, and nothing is stored, if {@link Planned#MAX_WAITING} wait already; fails as
   *     {@link #publish(Participant, String, String, Optional)} does, and with an {@link IllegalArgumentException} if the time is not
   *     allowed
   */
  CompletableFuture<Optional<Planned>> plan(
      Participant author,
      String title,
      String text,
      Optional<String> url,
      Instant at,
      Optional<String> sourceId);

  /** Cancels a planned announcement; empty, and nothing is changed, if none with that id waits for its time. */
  CompletableFuture<Optional<Planned>> cancel(long id);

  /** Returns all planned announcements that wait, the next one first; then the last planned of the others, at most 100. Reads the store. */
  List<Planned> planned();
}
