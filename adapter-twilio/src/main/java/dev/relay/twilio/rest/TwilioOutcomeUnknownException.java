package dev.relay.twilio.rest;

import com.twilio.exception.TwilioException;

/** The call was sent and no answer came in order: Twilio may have acted. Look before the call is repeated. */
public final class TwilioOutcomeUnknownException extends TwilioException {
  private static final long serialVersionUID = 1;

  public TwilioOutcomeUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
