package dev.relay.twilio.port;

import com.twilio.exception.TwilioException;
import dev.relay.core.delivery.Health;
import dev.relay.twilio.rest.TwilioFailure;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The connection status of a desk or channel: whether its last call to Twilio showed an outage. Thread-safe; makes no calls. */
final class ConnectionStatus {
  private volatile Optional<String> outage = Optional.empty();

  void succeeded() {
    outage = Optional.empty();
  }

  /** Records a failed call. A refusal that concerns one conversation shows that Twilio is available. */
  void failed(TwilioFailure failure) {
    outage = failure.concernsAll() ? Optional.of(failure.reason()) : Optional.empty();
  }

  boolean isOutage() {
    return outage.isPresent();
  }

  Health health() {
    return outage.map(Health::down).orElseGet(Health::up);
  }

  /** Makes calls to Twilio and records their outcome. */
  <T> T record(Supplier<T> calls, Function<TwilioFailure, T> onFailure) {
    try {
      T result = calls.get();
      succeeded();
      return result;
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      failed(failure);
      return onFailure.apply(failure);
    }
  }
}
