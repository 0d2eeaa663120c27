package dev.relay.http.web;

import dev.relay.core.conversation.Refusal;
import dev.relay.core.id.EntryId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.intake.IntakeResult.Receipt;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Translates results of the intake to HTTP. Stateless. */
public final class IntakeAnswers {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private IntakeAnswers() {}

  /**
   * The body of an answer to an accepted event.
   *
   * @param messageId the id of the transcript entry; null if the event wrote none
   */
  public record Accepted(@Nullable String messageId) {}

  /** Returns the receipt of an event that is accepted, now or before; throws a {@link Problem} for every other result. */
  public static Receipt receipt(IntakeResult result) {
    if (result instanceof IntakeResult.Accepted accepted) {
      return accepted.receipt();
    }
    if (result instanceof IntakeResult.Duplicate duplicate) {
      return duplicate.receipt();
    }
    if (result instanceof IntakeResult.Refused refused) {
      throw problem(refused.refusal());
    }
    if (result instanceof IntakeResult.Overloaded overloaded) {
      throw Problem.unavailable(
          "overloaded",
          "the server is overloaded; send the same request again later",
          overloaded.retryAfter());
    }
    throw Problem.unavailable(
        "unavailable",
        "the server could not confirm that this was stored; send the same request again later",
        RETRY_AFTER);
  }

  public static Accepted accepted(Receipt receipt) {
    return new Accepted(receipt.entry().map(EntryId::toString).orElse(null));
  }

  private static Problem problem(Refusal refusal) {
    int status = switch (refusal.code()) {
      case UNKNOWN_CONVERSATION, UNKNOWN_MESSAGE -> 404;
      case NO_CONVERSATION, ALREADY_TAKEN, NOT_LIVE, CLOSED, OUT_OF_REACH, TOO_LATE, UNSTAFFED ->
        409;
      case NOT_THE_AUTHOR, BLOCKED -> 403;
      case INVALID -> 400;
    };
    String code = Texts.lower(refusal.code()).replace('_', '-');
    return Problem.of(status, code, refusal.message());
  }
}
