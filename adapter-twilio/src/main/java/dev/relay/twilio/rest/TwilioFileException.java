package dev.relay.twilio.rest;

import com.twilio.exception.ApiException;
import java.util.Objects;

/** A file was refused: by Twilio's media service, at its temporary address, or here because of its link or size. */
final class TwilioFileException extends ApiException {
  private static final long serialVersionUID = 1;

  private final TwilioFailure.Call call;

  /**
   * Creates a refusal.
   *
   * @param message the reason, without the answer's text
   * @param call the kind of call
   * @param status the status of the answer, or one that means the same
   * @param code Twilio's code, 0 if there is none
   */
  TwilioFileException(String message, TwilioFailure.Call call, int status, int code) {
    super(message, code, "", status, status, "", false, new IllegalStateException(message));
    this.call = Objects.requireNonNull(call);
  }

  TwilioFailure.Call call() {
    return call;
  }
}
