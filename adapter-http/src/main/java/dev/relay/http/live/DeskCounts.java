package dev.relay.http.live;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.store.Backlog;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the desk counts, shared by all agents' streams: counted again only where something has changed, and at most once a
 * second, however many agents look. Thread-safe.
 */
public final class DeskCounts {
  /** How long counts are told although something has changed meanwhile. */
  static final Duration PERIOD = Duration.ofSeconds(1);

  private final Store store;
  private final LongSupplier changes;
  private final LongSupplier nanos;
  private long countedAt;
  private @Nullable Counts last;

  /**
   * With what is counted.
   *
   * @param store where it is counted
   * @param changes a number that grows with every change, after it was committed
   * @param nanos the time, as of {@link System#nanoTime}
   */
  public DeskCounts(Store store, LongSupplier changes, LongSupplier nanos) {
    this.store = store;
    this.changes = changes;
    this.nanos = nanos;
  }

  /**
   * What was counted.
   *
   * @param upTo the change up to which it holds at least
   */
  record Counts(
      Map<ConversationState, Long> open, Map<String, Long> liveByAgent, long parked, long upTo) {}

  /** The counts, at most a second behind the changes. */
  synchronized Counts get() {
    Counts counts = last;
    long change = changes.getAsLong();
    long now = nanos.getAsLong();
    if (counts == null || (counts.upTo() != change && now - countedAt >= PERIOD.toNanos())) {
      counts = store.read(queries -> count(queries, change));
      last = counts;
      countedAt = now;
    }
    return counts;
  }

  /** Whether something has changed since. */
  boolean isOutdated(Counts counts) {
    return counts.upTo() != changes.getAsLong();
  }

  private static Counts count(Queries queries, long change) {
    return new Counts(
        queries.openConversations(),
        queries.liveByAgent(),
        queries.backlogs().stream().mapToLong(Backlog::parked).sum(),
        change);
  }
}
