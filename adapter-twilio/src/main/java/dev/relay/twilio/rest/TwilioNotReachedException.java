package dev.relay.twilio.rest;

import com.twilio.exception.TwilioException;

/** Twilio was not reached: it has certainly not acted, and the call can be repeated. */
public final class TwilioNotReachedException extends TwilioException {
  private static final long serialVersionUID = 1;

  public TwilioNotReachedException(String message, Throwable cause) {
    super(message, cause);
  }
}
