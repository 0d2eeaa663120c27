package dev.relay.discord.feeds;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.PortId;
import dev.relay.core.store.Store;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How far each feed has been read, kept in the store as the reading position of a channel of its own. A feed that moves from http to https
 * keeps its position. Thread-safe; blocks.
 */
public final class FeedMemory {
  private static final PortId FEEDS = new PortId("feeds");

  private final Store store;

  /** Creates a memory in a store. */
  public FeedMemory(Store store) {
    this.store = store;
  }

  /** Returns the text that was written last for a feed. */
  public Optional<String> read(URI feed) {
    return store.read(queries -> queries.position(place(feed)));
  }

  /** Writes a text for a feed. */
  public void write(URI feed, String text, Instant now) {
    store.write(transaction -> {
      transaction.savePosition(place(feed), text, now);
      return true;
    });
  }

  private static CustomerAddress place(URI feed) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256")
          .digest(
              feed.toString().replaceFirst("(?i)^https?:", "").getBytes(StandardCharsets.UTF_8));
      return new CustomerAddress(FEEDS, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime lacks SHA-256", e);
    }
  }
}
