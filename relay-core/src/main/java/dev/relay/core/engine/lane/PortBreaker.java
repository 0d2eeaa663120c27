package dev.relay.core.engine.lane;

import dev.relay.core.delivery.BackOff;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.id.LaneKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The circuit breaker of one port. It opens when the far side fails everybody: an attempt ended with {@link
 * DeliveryResult.PortDown}, or the attempts of {@value #SUSPICIOUS} lanes failed in a row. While it is open, one attempt at a
 * time probes the port, and nothing counts against any lane. The first success closes it. Thread-safe.
 */
public final class PortBreaker {
  /** The number of lanes that fail in a row, without a success between them, by which an outage is detected. */
  static final int SUSPICIOUS = 5;

  private static final Duration FIRST_PROBE = Duration.ofSeconds(1);
  /** The longest pause between probes that the far side has not asked for; its doubling begins with {@link #FIRST_PROBE}. */
  static final Duration LONGEST_PROBE = Duration.ofSeconds(30);

  /** The bounds of the time for which lanes are put off: half as long as the outage has lasted so far. */
  private static final Duration SHORTEST_PUT_OFF = LONGEST_PROBE;

  private static final Duration LONGEST_PUT_OFF = Duration.ofMinutes(10);
  private static final double JITTER = 0.2;

  private final RandomGenerator random;
  private final Set<LaneKey> failing = new HashSet<>();
  private Optional<String> outage = Optional.empty();
  private Instant openedAt = Instant.MIN;
  private Instant failedAt = Instant.MIN;
  /** Whether the port itself has reported the outage, which is otherwise concluded from failures. */
  private boolean isReported;

  private Instant nextProbe = Instant.MIN;
  private Optional<Probe> probe = Optional.empty();
  private Duration pause = FIRST_PROBE;
  /** Whether no attempt has succeeded since the start: an outage may have begun before it. */
  private boolean unproven = true;

  public PortBreaker(RandomGenerator random) {
    this.random = random;
  }

  /** A running probe, and when it counts as lost. */
  private record Probe(LaneKey lane, Instant end) {}

  /**
   * An outage that lasts.
   *
   * @param reason the reason of its latest failure
   * @param since when the breaker opened
   * @param failedAt the time of its latest failure
   * @param isReported whether the port itself has reported the outage, which is otherwise concluded from failures
   */
  public record Outage(String reason, Instant since, Instant failedAt, boolean isReported) {}

  /**
   * The change that an attempt's result makes.
   *
   * @param kind the change
   * @param failedToo the lanes whose own attempts failed in the outage that ended, without a success between them; they may be
   *     tried at once, as may those that were put off because of it
   */
  record Change(Kind kind, Set<LaneKey> failedToo) {
    static final Change NONE = new Change(Kind.NONE, Set.of());
    static final Change OPENED = new Change(Kind.OPENED, Set.of());

    /** The kinds of changes. */
    enum Kind {
      NONE,
      OPENED,
      /** An outage ended, or may have ended before the start. */
      ENDED,
      /** As {@link #ENDED}, and the breaker had been open. */
      CLOSED
    }
  }

  /** Returns the reason of the outage; empty if the breaker is closed. */
  synchronized Optional<String> outage() {
    return outage;
  }

  /** Returns the outage with its begin; empty if the breaker is closed. */
  synchronized Optional<Outage> lasting() {
    return outage.map(reason -> new Outage(reason, openedAt, failedAt, isReported));
  }

  /**
   * Records the result of an attempt that called the port.
   *
   * @param urgent whether the entry has a way of its own out of an outage; its failures do not raise suspicion
   */
  synchronized Change attempted(LaneKey lane, DeliveryResult result, boolean urgent, Instant now) {
    if (result instanceof DeliveryResult.Delivered || result instanceof DeliveryResult.Rejected) {
      return succeeded(lane);
    }
    if (result instanceof DeliveryResult.PortDown down) {
      isReported = true;
      return failed(down.reason(), down.after(), now);
    }
    boolean asksToWait =
        result instanceof DeliveryResult.RetryLater later && later.after().isPresent();
    if (asksToWait || urgent) {
      return Change.NONE;
    }
    String reason = result instanceof DeliveryResult.Unknown unknown
        ? unknown.reason()
        : ((DeliveryResult.RetryLater) result).reason();
    if (failing.size() < SUSPICIOUS) {
      failing.add(lane);
    }
    return outage.isPresent() || failing.size() >= SUSPICIOUS
        ? failed(reason, Optional.empty(), now)
        : Change.NONE;
  }

  private Change succeeded(LaneKey lane) {
    boolean wasOpen = outage.isPresent();
    // A lane that failed with others and works again shows that not the lanes had failed.
    boolean failedTogether = failing.size() > 1 && (wasOpen || failing.contains(lane));
    boolean ended = unproven || failedTogether;
    Set<LaneKey> failedToo = new HashSet<>(failedTogether ? failing : Set.of());
    failedToo.remove(lane);
    failing.clear();
    unproven = false;
    isReported = false;
    outage = Optional.empty();
    probe = Optional.empty();
    pause = FIRST_PROBE;
    if (wasOpen || ended) {
      return new Change(wasOpen ? Change.Kind.CLOSED : Change.Kind.ENDED, failedToo);
    }
    return Change.NONE;
  }

  private Change failed(String reason, Optional<Duration> after, Instant now) {
    boolean opens = outage.isEmpty();
    outage = Optional.of(reason);
    failedAt = now;
    probe = Optional.empty();
    if (opens) {
      openedAt = now;
    }
    nextProbe = now.plus(after.map(Settling::withinBounds).orElseGet(() -> varied(pause)));
    pause = BackOff.shorter(pause.multipliedBy(2), LONGEST_PROBE);
    return opens ? Change.OPENED : Change.NONE;
  }

  /**
   * Allows one attempt, if the next probe is due and no other lane probes. The same lane may ask again, because its claim may have to be
   * repeated.
   *
   * @param longest the time after which a probe counts as lost
   */
  synchronized boolean beginProbe(LaneKey lane, Instant now, Duration longest) {
    boolean anotherProbes = probe
        .filter(it -> !it.lane().equals(lane) && isAhead(it.end(), now, longest))
        .isPresent();
    if (outage.isEmpty() || isAhead(nextProbe, now, Settling.LONGEST_REQUEST) || anotherProbes) {
      return false;
    }
    probe = Optional.of(new Probe(lane, now.plus(longest)));
    return true;
  }

  /** Ends a probe without a result. */
  synchronized void endProbe() {
    probe = Optional.empty();
  }

  /** Returns when the next probe is due. The lane whose attempt failed is due then, so that some lane always probes. */
  synchronized Instant nextProbe(Instant now) {
    return isAhead(nextProbe, now, Settling.LONGEST_REQUEST) ? nextProbe : now;
  }

  /** Returns when a lane that is not attempted because of the outage looks again; the end of the outage makes it due sooner. */
  synchronized Instant putOff(Instant now) {
    Duration half = Duration.between(openedAt, now).dividedBy(2);
    Duration least = half.compareTo(SHORTEST_PUT_OFF) < 0 ? SHORTEST_PUT_OFF : half;
    return now.plus(varied(BackOff.shorter(least, LONGEST_PUT_OFF)));
  }

  /** Checks whether a moment is still to come. One further ahead than the longest wait was set while the clock was ahead. */
  private static boolean isAhead(Instant moment, Instant now, Duration longest) {
    return moment.isAfter(now) && !moment.isAfter(now.plus(longest));
  }

  private Duration varied(Duration duration) {
    double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
    return Duration.ofMillis(Math.round(duration.toMillis() * factor));
  }
}
