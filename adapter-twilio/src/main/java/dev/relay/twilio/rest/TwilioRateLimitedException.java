package dev.relay.twilio.rest;

import com.twilio.exception.TwilioException;
import java.time.Duration;
import java.util.Optional;

/** Twilio asks to wait (status 429): it has not acted, and the call can be repeated later. */
public final class TwilioRateLimitedException extends TwilioException {
  private static final long serialVersionUID = 1;

  private final transient Optional<Duration> retryAfter;

  TwilioRateLimitedException(Optional<Duration> retryAfter) {
    super("Twilio asks to wait (429)");
    this.retryAfter = retryAfter;
  }

  /** Returns the time to wait, if Twilio gives one. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
