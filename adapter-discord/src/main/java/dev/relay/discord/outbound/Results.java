package dev.relay.discord.outbound;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.discord.rest.RestFailure;

/** The results of deliveries whose request failed. Stateless. */
final class Results {
  private Results() {}

  static DeliveryResult of(RestFailure failure) {
    return switch (failure.kind()) {
      case NOT_SENT, BAD_TOKEN -> DeliveryResult.retryLater(failure.reason());
      case RATE_LIMITED -> new DeliveryResult.RetryLater(failure.reason(), failure.retryAfter());
      case REFUSED -> new DeliveryResult.Rejected(failure.reason());
      case IN_DOUBT -> new DeliveryResult.Unknown(failure.reason());
    };
  }

  /** Returns the result of a failed preparation, which posts no message: even in doubt, the delivery can be retried. */
  static DeliveryResult ofPreparation(RestFailure failure) {
    return failure.kind() == RestFailure.Kind.IN_DOUBT
        ? DeliveryResult.retryLater(failure.reason())
        : of(failure);
  }

  static LookUp lookUp(RestFailure failure) {
    return new LookUp.CannotTell(failure.reason());
  }
}
