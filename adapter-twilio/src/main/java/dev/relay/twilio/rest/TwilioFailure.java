package dev.relay.twilio.rest;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.twilio.wire.DeliveryErrorCodes;
import java.time.Duration;
import java.util.Optional;

/**
 * The meaning of a failed call.
 *
 * @param kind whether Twilio may have acted
 * @param status the status of the answer, 0 if none came
 * @param code Twilio's own error code, 0 if there is none
 * @param after the time that Twilio asks to wait
 * @param reason for the operator: never the text of an answer, which may repeat what customers wrote
 */
public record TwilioFailure(
    Kind kind, int status, int code, Optional<Duration> after, String reason) {
  /** Twilio's code for a name that another conversation has. */
  public static final int NAME_TAKEN = 50353;
  /** Twilio's code for a sixth webhook. */
  static final int TOO_MANY_WEBHOOKS = 50361;
  /** Twilio's code for a conversation that is closed. */
  static final int CLOSED = 50377;
  /** Twilio's code for an interaction on a conversation that is closed. */
  static final int INTERACTION_ON_CLOSED = 45354;

  private static final int PARTICIPANT_EXISTS = 50433;
  private static final int PARTICIPANT_EXISTS_TOO = 50437;
  private static final int CODE_RATE = 20429;

  /** Whether Twilio has acted on a failed call. */
  public enum Kind {
    /** It has not, and may do so later. */
    NOT_PROCESSED,
    /** It has not, and never will. */
    REFUSED,
    /** Unknown. */
    UNKNOWN
  }

  public static TwilioFailure of(TwilioException failure) {
    if (failure instanceof TwilioRateLimitedException limited) {
      return new TwilioFailure(
          Kind.NOT_PROCESSED, 429, CODE_RATE, limited.retryAfter(), "Twilio asks to wait (429)");
    }
    if (failure instanceof TwilioNotReachedException) {
      return new TwilioFailure(
          Kind.NOT_PROCESSED, 0, 0, Optional.empty(), "Twilio: " + failure.getMessage());
    }
    if (failure instanceof TwilioOutcomeUnknownException) {
      return new TwilioFailure(
          Kind.UNKNOWN, 0, 0, Optional.empty(), "Twilio: " + failure.getMessage());
    }
    if (failure instanceof ApiException api && api.getStatusCode() != null) {
      int status = api.getStatusCode();
      int code = api.getCode() == null ? 0 : api.getCode();
      Kind kind = status >= 400 && status < 500 ? Kind.REFUSED : Kind.UNKNOWN;
      String answer = "Twilio answered " + status + (code == 0 ? "" : " with code " + code);
      String meaning = DeliveryErrorCodes.meaning(code).map(it -> ": " + it).orElse("");
      String reason = status == 401
          ? "Twilio refuses the account's credentials (" + answer + ")"
          : answer + meaning;
      return new TwilioFailure(kind, status, code, Optional.empty(), reason);
    }
    return new TwilioFailure(
        Kind.UNKNOWN, 0, 0, Optional.empty(), "Twilio's answer makes no sense");
  }

  /** Checks whether Twilio no longer accepts the account's credentials: no call succeeds until they are renewed. */
  public boolean isUnauthorized() {
    return status == 401;
  }

  /** Checks whether the failure concerns Twilio or the account as a whole, not one conversation or message. */
  public boolean concernsAll() {
    return kind != Kind.REFUSED || isUnauthorized();
  }

  public boolean isNotFound() {
    return status == 404;
  }

  public boolean isClosed() {
    return code == CLOSED || code == INTERACTION_ON_CLOSED;
  }

  public boolean isParticipantThere() {
    return code == PARTICIPANT_EXISTS || code == PARTICIPANT_EXISTS_TOO;
  }

  /** Converts the failure to the result of a delivery. */
  public DeliveryResult asResult() {
    return switch (kind) {
      case NOT_PROCESSED -> new DeliveryResult.RetryLater(reason, after);
      case REFUSED -> new DeliveryResult.Rejected(reason);
      case UNKNOWN -> new DeliveryResult.Unknown(reason);
    };
  }
}
