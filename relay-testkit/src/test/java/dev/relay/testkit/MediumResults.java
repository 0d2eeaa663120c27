package dev.relay.testkit;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import java.time.Duration;
import java.util.Optional;

/** The correct result of each failure of the fake medium. */
final class MediumResults {
  private MediumResults() {}

  static DeliveryResult of(FakeMedium.Failure failure) {
    String reason = failure.trouble().name();
    return switch (failure.trouble()) {
      case UNREACHABLE -> DeliveryResult.retryLater(reason);
      case ASKS_TO_WAIT ->
        new DeliveryResult.RetryLater(reason, Optional.of(Duration.ofSeconds(7)));
      case REFUSES -> new DeliveryResult.Rejected(reason);
      case BREAKS_OFF, ANSWER_LOST, ANSWER_GARBLED, FAILS_INTERNALLY ->
        new DeliveryResult.Unknown(reason);
    };
  }

  static LookUp lookUp(FakeMedium.Failure failure) {
    return new LookUp.CannotTell(failure.trouble().name());
  }
}
