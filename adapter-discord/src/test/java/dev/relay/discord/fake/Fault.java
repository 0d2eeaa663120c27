package dev.relay.discord.fake;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One way in which a request goes wrong.
 *
 * @param acts whether the request does its work first
 * @param answer what is answered in place of the truth; null leaves the truth or, with {@code drops}, nothing
 * @param drops whether the connection is broken in place of an answer
 * @param pause how long the answer is held back
 * @param until what the request waits for before it acts; null for nothing
 */
public record Fault(
    boolean acts,
    @Nullable Answer answer,
    boolean drops,
    Duration pause,
    @Nullable CountDownLatch until) {

  /** A wrong answer: status, Discord's error code, seconds to wait of a 429, and whether Discord's edge sent it. */
  record Answer(int status, int code, Duration retryAfter, boolean global, boolean viaDiscord) {}

  /** Answers that status without doing anything; 5xx as Discord's edge sends them. */
  public static Fault answers(int status) {
    return answers(status, 0);
  }

  /** Answers that status with that error code of Discord, without doing anything. */
  public static Fault answers(int status, int code) {
    return wrong(false, new Answer(status, code, Duration.ZERO, false, true));
  }

  /** Answers 429 for this route, to be tried again after that time (whole seconds in the header). */
  public static Fault rateLimits(Duration retryAfter) {
    return wrong(false, new Answer(429, 0, retryAfter, false, true));
  }

  /** Answers 429 for all routes. */
  public static Fault rateLimitsGlobally(Duration retryAfter) {
    return wrong(false, new Answer(429, 0, retryAfter, true, true));
  }

  /** Answers 429 without a {@code Via} header: the ban of an address that made too many invalid requests. */
  public static Fault bansTheAddress(Duration retryAfter) {
    return wrong(false, new Answer(429, 0, retryAfter, false, false));
  }

  /** Does its work and answers the truth, after that time. */
  public static Fault slow(Duration duration) {
    return new Fault(true, null, false, duration, null);
  }

  /** Waits for the latch, then does its work and answers the truth. */
  public static Fault waitsFor(CountDownLatch latch) {
    return new Fault(true, null, false, Duration.ZERO, latch);
  }

  /** Breaks the connection without doing anything. */
  public static Fault dropsBeforeActing() {
    return new Fault(false, null, true, Duration.ZERO, null);
  }

  /** Does its work, then breaks the connection in place of an answer. */
  public static Fault actsThenDrops() {
    return new Fault(true, null, true, Duration.ZERO, null);
  }

  /** Does its work, then answers that status, such as 502. */
  public static Fault actsThenAnswers(int status) {
    return wrong(true, new Answer(status, 0, Duration.ZERO, false, true));
  }

  private static Fault wrong(boolean acts, Answer answer) {
    return new Fault(acts, answer, false, Duration.ZERO, null);
  }
}
