package dev.relay.core.operations;

import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.message.Participant;
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
}
