package dev.relay.twilio.port;

import com.twilio.exception.TwilioException;
import dev.relay.core.delivery.Health;
import dev.relay.twilio.rest.TwilioFailure;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The connection status of a desk or channel: whether its calls to Twilio show an outage. Thread-safe; makes no calls. */
final class ConnectionStatus {
  private final boolean refusalEndsOutage;
  private volatile Optional<String> outage = Optional.empty();
  private volatile int ended;

  private ConnectionStatus(boolean refusalEndsOutage) {
    this.refusalEndsOutage = refusalEndsOutage;
  }

  /** Creates the status of a desk. A refusal that concerns one conversation shows that Twilio is available. */
  static ConnectionStatus ofDesk() {
    return new ConnectionStatus(true);
  }

  /** Creates the status of a channel. A refusal concerns one customer and says nothing about the others, so an outage remains. */
  static ConnectionStatus ofChannel() {
    return new ConnectionStatus(false);
  }

  synchronized void succeeded() {
    if (outage.isPresent()) {
      ended++;
    }
    outage = Optional.empty();
  }

  /** Records a failed call. */
  synchronized void failed(TwilioFailure failure) {
    if (failure.concernsAll()) {
      outage = Optional.of(failure.reason());
    } else if (refusalEndsOutage) {
      succeeded();
    }
  }

  boolean isOutage() {
    return outage.isPresent();
  }

  /** Returns how many outages have ended since the start. */
  int ended() {
    return ended;
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
