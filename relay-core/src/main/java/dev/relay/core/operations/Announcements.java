package dev.relay.core.operations;

import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.message.Participant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Publishing news to the community. Thread-safe. */
public interface Announcements {

  /** Whether there is anything to publish through. */
  boolean isPossible();

  /**
   * Stores an announcement and publishes it as soon as possible, in order.
   *
   * @param author who says it
   * @param title 1 to 200 characters
   * @param text 0 to 4,000 characters
   * @param url where to read on, https
   */
  default CompletableFuture<EntryId> publish(
      Participant author, String title, String text, Optional<String> url) {
    return publish(author, title, text, url, Optional.empty());
  }

  /**
   * The same, once: a repeat with the same key publishes nothing and answers with the first entry, also after a restart, for as long
   * as {@link Settings#seenFor} says.
   */
  CompletableFuture<EntryId> publish(
      Participant author, String title, String text, Optional<String> url, Optional<EventKey> key);
}
