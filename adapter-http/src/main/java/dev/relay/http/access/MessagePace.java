package dev.relay.http.access;

import dev.relay.http.web.Problem;
import java.time.InstantSource;

/** Limits how fast one chat session sends messages, edits and button presses. Thread-safe. */
public final class MessagePace {
  private final PaceLimit limit;
  private final InstantSource clock;

  /**
   * Creates the limit.
   *
   * @param atOnce how many a session may send without a pause
   * @param perMinute how fast that allowance refills
   */
  public MessagePace(int atOnce, int perMinute, InstantSource clock) {
    this.limit = new PaceLimit(atOnce, perMinute);
    this.clock = clock;
  }

  /** Counts one message of the session; throws a {@link Problem} with status 429 if the session is too fast. */
  public void count(String session) {
    limit.take(session, clock.instant()).ifPresent(wait -> {
      throw Problem.tooMany("too many messages in this chat; try again a little later", wait);
    });
  }
}
