package dev.relay.discord.outbound;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.discord.rest.RestFailure;

/** What a failed request means for a delivery. */
final class Results {
  private Results() {}

  static DeliveryResult of(RestFailure failure) {
    return switch (failure.kind()) {
      case NOT_SENT, BAD_TOKEN -> DeliveryResult.retryLater(failure.reason());
      case ASKED_TO_WAIT -> new DeliveryResult.RetryLater(failure.reason(), failure.wish());
      case REFUSED -> new DeliveryResult.Rejected(failure.reason());
      case IN_DOUBT -> new DeliveryResult.Unknown(failure.reason());
    };
  }

  /** For a request that shows nothing by itself: whatever became of it, the message is not there. */
  static DeliveryResult ofPreparation(RestFailure failure) {
    return failure.kind() == RestFailure.Kind.IN_DOUBT
        ? DeliveryResult.retryLater(failure.reason())
        : of(failure);
  }

  static LookUp lookUp(RestFailure failure) {
    return new LookUp.CannotTell(failure.reason());
  }
}
