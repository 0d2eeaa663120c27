package dev.relay.http.live;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.id.QueueName;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.team.Team;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counts on the desk, shared by all agents' streams. They are computed again only after a change and at most once a second,
 * however many agents are connected. Thread-safe.
 */
public final class DeskCounts {
  /** How long counts are reused although something has changed. */
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
   * The computed counts.
   *
   * @param upTo the last change that they include for certain
   */
  record Counts(
      Map<QueueName, Map<ConversationState, Long>> open,
      Map<String, Long> liveByAgent,
      long parked,
      long upTo) {

    /** Returns the number of conversations in a state that an agent may see. */
    long in(ConversationState state, Team.Scope scope) {
      return open.entrySet().stream()
          .filter(each -> scope.sees(each.getKey()))
          .mapToLong(each -> each.getValue().getOrDefault(state, 0L))
          .sum();
    }
  }

  /** Returns the counts, at most a second behind the changes. */
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

  /** Checks whether something has changed since. */
  boolean isOutdated(Counts counts) {
    return counts.upTo() != changes.value();
  }

  private static Counts count(Queries queries, long change) {
    return new Counts(queries.openByQueue(), queries.liveByAgent(), queries.parkedCount(), change);
  }
}
