package dev.relay.http.access;

import dev.relay.http.web.Problem;
import java.time.InstantSource;

/** Limits how fast one chat session sends requests of one kind. Thread-safe. */
public final class MessagePace {
  private final PaceLimit limit;
  private final String tooFast;
  private final InstantSource clock;

  /**
   * Creates the limit.
   *
   * @param atOnce how many a session may send without a pause
   * @param perMinute how fast that allowance refills
   * @param tooFast the detail of the problem if the session is too fast
   */
  public MessagePace(int atOnce, int perMinute, String tooFast, InstantSource clock) {
    this.limit = new PaceLimit(atOnce, perMinute);
    this.tooFast = tooFast;
    this.clock = clock;
  }

  /** Counts one request of the session; throws a {@link Problem} with status 429 if the session is too fast. */
  public void count(String session) {
    limit.take(session, clock.instant()).ifPresent(wait -> {
      throw Problem.tooMany(tooFast, wait);
    });
  }
}
