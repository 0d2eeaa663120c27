package dev.relay.discord.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The budget of new sessions. Discord allows 1,000 IDENTIFY within 24 hours and resets the token of a bot that exceeds this; the bot is then
 * unavailable until the operator has entered a new token. Therefore a session that ends soon is followed by growing waits, and no day has more
 * than {@value #MOST_A_DAY} sessions. Discord's own count includes other processes and earlier runs with the same token; it spreads the rest
 * of the budget over the rest of Discord's day. Source: Discord's documentation, Gateway, "Identifying". Thread-safe.
 */
final class IdentifyBudget {
  /** Less than a third of Discord's limit, because a second process or a restart loop counts too. */
  static final int MOST_A_DAY = 300;

  /** Sessions within an hour that cost no wait: an update, a restart, a reconnection that Discord asks for. */
  private static final int FREE_AN_HOUR = 5;

  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(8);
  private static final double JITTER = 0.25;
  private static final int MOST_DOUBLINGS = 10;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofHours(24);
  /** The rest of Discord's budget that is left to the operator, for restarts by hand. */
  private static final int RESERVE = 50;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final SessionFile file;
  private final Deque<Instant> begun;

  /**
   * Creates a budget.
   *
   * @param file remembers the sessions of earlier runs
   */
  IdentifyBudget(InstantSource clock, RandomGenerator random, SessionFile file) {
    this.clock = clock;
    this.random = random;
    this.file = file;
    this.begun = new ArrayDeque<>(file.read());
  }

  /**
   * Discord's own count.
   *
   * @param total the sessions allowed per day
   * @param remaining the sessions that are left
   * @param resetAfter the time until the count begins anew
   */
  record Limit(int total, int remaining, Duration resetAfter) {}

  /**
   * Returns the wait before the next session may begin; zero to begin at once.
   *
   * @param limit Discord's own count; empty if it is not known
   */
  synchronized Duration waitNow(Optional<Limit> limit) {
    Instant now = clock.instant();
    forgetBefore(now.minus(DAY), now);
    Duration own = longer(backOff(now), untilWithinDay(now));
    return longer(own, limit.map(it -> spread(it, now)).orElse(Duration.ZERO));
  }

  /** Records that a session begins, before it does: a process that is killed meanwhile has begun it. */
  synchronized void begins() {
    begun.addLast(clock.instant());
    file.write(begun);
  }

  /** Takes back the last session, which could not connect and therefore sent no IDENTIFY. */
  synchronized void couldNotConnect() {
    begun.pollLast();
    file.write(begun);
  }

  private void forgetBefore(Instant oldest, Instant now) {
    // After the clock was set back, later times would never be forgotten.
    begun.removeIf(at -> at.isBefore(oldest) || at.isAfter(now));
  }

  /** Returns the rest of the wait that follows the last session, by the number of sessions within the last hour. */
  private Duration backOff(Instant now) {
    long recent = begun.stream().filter(at -> at.isAfter(now.minus(HOUR))).count();
    if (recent < FREE_AN_HOUR) {
      return Duration.ZERO;
    }
    long doublings = Math.min(recent - FREE_AN_HOUR, MOST_DOUBLINGS);
    Duration wait = FIRST.multipliedBy(1L << doublings);
    return sinceLast(varied(wait.compareTo(LONGEST) < 0 ? wait : LONGEST), now);
  }

  private Duration untilWithinDay(Instant now) {
    return begun.size() < MOST_A_DAY
        ? Duration.ZERO
        : Duration.between(now, begun.getFirst().plus(DAY));
  }

  /** Returns the wait that spreads what is left of Discord's budget; none while most of it is left. */
  private Duration spread(Limit limit, Instant now) {
    int used = limit.total() - limit.remaining();
    if (used < Math.min(MOST_A_DAY, limit.total() / 2)) {
      return Duration.ZERO;
    }
    int left = limit.remaining() - RESERVE;
    return left <= 0
        ? limit.resetAfter()
        : sinceLast(varied(limit.resetAfter().dividedBy(left)), now);
  }

  /** Returns what is left of a wait that began with the last session. */
  private Duration sinceLast(Duration wait, Instant now) {
    Instant from = begun.isEmpty() ? now : begun.getLast();
    return longer(Duration.ZERO, Duration.between(now, from.plus(wait)));
  }

  private Duration varied(Duration wait) {
    double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
    return Duration.ofMillis((long) (wait.toMillis() * factor));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
