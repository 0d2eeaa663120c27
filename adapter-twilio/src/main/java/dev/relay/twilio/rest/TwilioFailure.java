package dev.relay.twilio.rest;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Rejected;
import dev.relay.twilio.wire.ErrorTable;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The meaning of a failed call.
 *
 * @param call the kind of call, by which a refusal without a code is judged
 * @param kind whether Twilio may have acted
 * @param status the status of the answer, 0 if none came
 * @param code Twilio's own error code, 0 if there is none
 * @param after the time that Twilio asks to wait
 * @param reason for the operator: never the text of an answer, which may repeat what customers wrote
 */
public record TwilioFailure(
    Call call, Kind kind, int status, int code, Optional<Duration> after, String reason) {
  /** Twilio's code for a name that another conversation has. */
  public static final int NAME_TAKEN = 50353;
  /** Twilio's code for a sixth webhook. */
  static final int TOO_MANY_WEBHOOKS = 50361;
  /** Twilio's code for a conversation that is closed. */
  static final int CLOSED = 50377;
  /** Twilio's code for an interaction on a conversation that is closed. */
  static final int INTERACTION_ON_CLOSED = 45354;

  /**
   * Twilio's codes for a participant who is there already: a chat identity in this conversation, and a customer's address that is in use
   * with the sender, here (50437) or in another conversation (50416 for one, 50425 for several).
   */
  private static final Set<Integer> PARTICIPANT_EXISTS = Set.of(50416, 50425, 50433, 50437);

  /** Statuses of a state that may pass: a conflict, a lock, a call that came too early. */
  private static final Set<Integer> CONFLICT = Set.of(409, 423, 425);

  /** Statuses of a temporary address that is not valid yet or any longer: asking for another one may help. */
  private static final Set<Integer> LAPSED = Set.of(401, 403, 404, 410);

  private static final int CODE_RATE = 20429;
  /** The codes of the account itself, in Twilio's numbering: an answer 403 with one of them concerns every call. */
  private static final int FIRST_OF_ACCOUNT = 20000;

  private static final int LAST_OF_ACCOUNT = 20999;

  /** The kinds of calls, which are refused in different ways. */
  public enum Call {
    /** A call of Twilio's REST interfaces, whose refusals carry a code: one without a code comes from something in front of them. */
    REST,
    /** A file given to or asked of Twilio's media service. It judges the file, unless a code names the account. */
    FILE,
    /** The content of a file at a temporary address, without the account's credentials. */
    CONTENT
  }

  /** Whether Twilio has acted on a failed call. */
  public enum Kind {
    /** It has not, and may do so later. */
    NOT_PROCESSED,
    /** It has not, because of a state of this one conversation that may pass, or because the time of the attempt was over. */
    CONFLICT,
    /** It has not, and never will. */
    REFUSED,
    /** Unknown. */
    UNKNOWN
  }

  public static TwilioFailure of(TwilioException failure) {
    if (failure instanceof TwilioRateLimitedException limited) {
      return new TwilioFailure(
          Call.REST,
          Kind.NOT_PROCESSED,
          429,
          CODE_RATE,
          limited.retryAfter(),
          "Twilio asks to wait (429)");
    }
    if (failure instanceof TwilioNotReachedException) {
      return new TwilioFailure(
          Call.REST, Kind.NOT_PROCESSED, 0, 0, Optional.empty(), "Twilio: " + failure.getMessage());
    }
    if (failure instanceof TwilioOutOfTimeException) {
      return new TwilioFailure(
          Call.REST, Kind.CONFLICT, 0, 0, Optional.empty(), "Twilio: " + failure.getMessage());
    }
    if (failure instanceof TwilioOutcomeUnknownException) {
      return new TwilioFailure(
          Call.REST, Kind.UNKNOWN, 0, 0, Optional.empty(), "Twilio: " + failure.getMessage());
    }
    if (failure instanceof ApiException api && api.getStatusCode() != null) {
      int status = api.getStatusCode();
      int code = api.getCode() == null ? 0 : api.getCode();
      Call call = api instanceof TwilioFileException file ? file.call() : Call.REST;
      return refused(call, status, code);
    }
    return new TwilioFailure(
        Call.REST, Kind.UNKNOWN, 0, 0, Optional.empty(), "Twilio's answer makes no sense");
  }

  private static TwilioFailure refused(Call call, int status, int code) {
    String answer = "Twilio answered " + status + (code == 0 ? "" : " with code " + code);
    String meaning = ErrorTable.meaning(code).map(it -> ": " + it).orElse("");
    String reason = status == 401 && call != Call.CONTENT
        ? "Twilio refuses the account's credentials (" + answer + ")"
        : answer + meaning;
    return new TwilioFailure(
        call, kind(call, status, code), status, code, Optional.empty(), reason);
  }

  private static Kind kind(Call call, int status, int code) {
    if (PARTICIPANT_EXISTS.contains(code)) {
      return Kind.CONFLICT;
    }
    if (status < 400 || status >= 500 || status == 408) {
      // After 408 the call may have been received whole.
      return Kind.UNKNOWN;
    }
    boolean isConflict = (CONFLICT.contains(status) && ErrorTable.row(code).isEmpty())
        || (call == Call.CONTENT && LAPSED.contains(status));
    return isConflict ? Kind.CONFLICT : Kind.REFUSED;
  }

  /** Checks whether Twilio refuses the account or its credentials: no call succeeds until somebody acts. */
  public boolean isAccountRefused() {
    return kind == Kind.REFUSED && scope() == ErrorTable.Scope.EVERYBODY;
  }

  /** Returns whom a refusal concerns, by Twilio's code or else by the status and the kind of call. */
  public ErrorTable.Scope scope() {
    boolean isAccounts = status == 401 || (status == 403 && isOfAccount(code));
    if (call == Call.CONTENT) {
      return ErrorTable.Scope.ENTRY;
    }
    return isAccounts
        ? ErrorTable.Scope.EVERYBODY
        : ErrorTable.row(code).map(ErrorTable.Row::scope).orElse(ErrorTable.Scope.ENTRY);
  }

  private boolean isOfAccount(int refusal) {
    return (refusal == 0 && call == Call.REST)
        || (refusal >= FIRST_OF_ACCOUNT && refusal <= LAST_OF_ACCOUNT);
  }

  /** Checks whether the failure concerns Twilio or the account as a whole, not one conversation or message. */
  public boolean concernsAll() {
    return switch (kind) {
      case NOT_PROCESSED, UNKNOWN -> true;
      case CONFLICT -> false;
      case REFUSED -> isAccountRefused();
    };
  }

  /** Checks whether the same call may succeed later although nobody acts. */
  public boolean isPassing() {
    return kind != Kind.REFUSED;
  }

  public boolean isNotFound() {
    return status == 404;
  }

  public boolean isClosed() {
    return code == CLOSED || code == INTERACTION_ON_CLOSED;
  }

  public boolean isParticipantThere() {
    return PARTICIPANT_EXISTS.contains(code);
  }

  /** Converts the failure to the result of a delivery. */
  public DeliveryResult asResult() {
    return switch (kind) {
      case NOT_PROCESSED, CONFLICT -> new DeliveryResult.RetryLater(reason, after);
      case UNKNOWN -> new DeliveryResult.Unknown(reason);
      case REFUSED ->
        switch (scope()) {
          case ENTRY -> new Rejected(Rejected.Scope.ENTRY, reason);
          case CUSTOMER -> new Rejected(Rejected.Scope.CUSTOMER, reason);
          case EVERYBODY -> new DeliveryResult.PortDown(reason, after);
        };
    };
  }
}
