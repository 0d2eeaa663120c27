package dev.relay.http.live;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.store.Backlog;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the desk counts, shared by all agents' streams: counted again only where something has changed, and at most once a
 * second, however many agents look. Thread-safe.
 */
public final class DeskCounts {
  /** How long counts are told although something has changed meanwhile. */
  static final Duration PERIOD = Duration.ofSeconds(1);

  private final Store store;
  private final ChangeCount changes;
  private final Ticker ticker;
  private long countedAt;
  private @Nullable Counts last;

  /** A clock that never goes back. */
  @FunctionalInterface
  public interface Ticker {
    /** Returns nanoseconds since some fixed moment. */
    long nanos();
  }

  /**
   * Creates counts that are read when first asked for.
   *
   * @param store where to count
   * @param changes grows with every change, after it was committed
   * @param ticker the time, for example {@code System::nanoTime}
   */
  public DeskCounts(Store store, ChangeCount changes, Ticker ticker) {
    this.store = store;
    this.changes = changes;
    this.ticker = ticker;
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
    long change = changes.value();
    long now = ticker.nanos();
    if (counts == null || (counts.upTo() != change && now - countedAt >= PERIOD.toNanos())) {
      counts = store.read(queries -> count(queries, change));
      last = counts;
      countedAt = now;
    }
    return counts;
  }

  /** Whether something has changed since. */
  boolean isOutdated(Counts counts) {
    return counts.upTo() != changes.value();
  }

  private static Counts count(Queries queries, long change) {
    return new Counts(
        queries.openConversations(),
        queries.liveByAgent(),
        queries.backlogs().stream().mapToLong(Backlog::parked).sum(),
        change);
  }
}
