package dev.relay.discord.outbound;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Rejected;
import dev.relay.core.delivery.LookUp;
import dev.relay.discord.rest.RefusalScope;
import dev.relay.discord.rest.RestFailure;

/** The results of deliveries whose request failed. Stateless. */
final class Results {
  private Results() {}

  static DeliveryResult of(RestFailure failure) {
    return switch (failure.kind()) {
      case NOT_SENT -> DeliveryResult.retryLater(failure.reason());
      case BAD_TOKEN, BLOCKED ->
        new DeliveryResult.PortDown(failure.reason(), failure.retryAfter());
      case RATE_LIMITED ->
        failure.scope() == RefusalScope.EVERYBODY
            ? new DeliveryResult.PortDown(failure.reason(), failure.retryAfter())
            : new DeliveryResult.RetryLater(failure.reason(), failure.retryAfter());
      case REFUSED -> rejected(failure);
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

  /** Returns the result of a refusal; without another place, a refused place is one in which the customer cannot be reached. */
  private static Rejected rejected(RestFailure failure) {
    Rejected.Scope scope =
        failure.scope() == RefusalScope.ENTRY ? Rejected.Scope.ENTRY : Rejected.Scope.CUSTOMER;
    return new Rejected(scope, failure.reason());
  }
}
