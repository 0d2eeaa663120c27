package dev.relay.discord.fake;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A fault of a request.
 *
 * @param acts true if the request is executed first
 * @param answer the wrong answer; null for the real answer or, with {@code drops}, none
 * @param drops true if the connection is broken instead of an answer
 * @param pause the delay of the answer
 * @param until the latch that the request waits for before its execution; null for none
 */
public record Fault(
    boolean acts,
    @Nullable Answer answer,
    boolean drops,
    Duration pause,
    @Nullable CountDownLatch until) {

  /** A wrong answer: status, Discord's error code, seconds to wait of a 429, whether Discord's edge sent it, in JSON, and the refused field with its message. */
  record Answer(
      int status,
      int code,
      Duration retryAfter,
      boolean global,
      boolean viaDiscord,
      boolean json,
      String place,
      String message) {
    Answer(int status, int code, Duration retryAfter, boolean global, boolean viaDiscord) {
      this(
          status, code, retryAfter, global, viaDiscord, true, "", status + ": planned by the test");
    }
  }

  /** Answers with a status without executing the request; 5xx as Discord's edge sends them. */
  public static Fault answers(int status) {
    return answers(status, 0);
  }

  /** Answers with a status and an error code of Discord, without executing the request. */
  public static Fault answers(int status, int code) {
    return wrong(false, new Answer(status, code, Duration.ZERO, false, true));
  }

  /** Answers with a page of HTML, as Cloudflare and proxies do, without executing the request. */
  public static Fault answersPage(int status) {
    return wrong(false, new Answer(status, 0, Duration.ZERO, false, false, false, "", ""));
  }

  /** Refuses one field of the body, whose path is written with dots, as Discord refuses an invalid form. */
  public static Fault refusesField(String path, String message) {
    return wrong(false, new Answer(400, 50035, Duration.ZERO, false, true, true, path, message));
  }

  /** Answers 429 for this route, to be retried after that time (whole seconds in the header). */
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

  /** Executes the request and answers after a delay. */
  public static Fault slow(Duration duration) {
    return new Fault(true, null, false, duration, null);
  }

  /** Waits for the latch, then executes the request and answers. */
  public static Fault waitsFor(CountDownLatch latch) {
    return new Fault(true, null, false, Duration.ZERO, latch);
  }

  /** Breaks the connection without executing the request. */
  public static Fault dropsBeforeActing() {
    return new Fault(false, null, true, Duration.ZERO, null);
  }

  /** Executes the request, then breaks the connection instead of an answer. */
  public static Fault actsThenDrops() {
    return new Fault(true, null, true, Duration.ZERO, null);
  }

  /** Executes the request, then answers with a status, such as 502. */
  public static Fault actsThenAnswers(int status) {
    return wrong(true, new Answer(status, 0, Duration.ZERO, false, true));
  }

  private static Fault wrong(boolean acts, Answer answer) {
    return new Fault(acts, answer, false, Duration.ZERO, null);
  }
}
