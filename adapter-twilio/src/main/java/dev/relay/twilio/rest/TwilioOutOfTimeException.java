package dev.relay.twilio.rest;

import com.twilio.exception.TwilioException;

/** No time is left for another call of the same work. The call was not made, and another attempt continues with it. */
public final class TwilioOutOfTimeException extends TwilioException {
  private static final long serialVersionUID = 1;

  TwilioOutOfTimeException() {
    super("the calls took so long that the others are made in the next attempt");
  }
}
