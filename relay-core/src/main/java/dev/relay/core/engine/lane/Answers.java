package dev.relay.core.engine.lane;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Reason;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.PortId;
import dev.relay.core.operations.RelayObserver;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The check of an adapter's results: null, which the contract forbids, counts as unknown and is reported once per port. Thread-safe. */
public final class Answers {
  private static final String REASON = Reason.words(Reason.Code.ADAPTER_WITHOUT_RESULT);

  private final PortId port;
  private final RelayObserver observer;
  private final AtomicBoolean reported = new AtomicBoolean();

  public Answers(PortId port, RelayObserver observer) {
    this.port = port;
    this.observer = observer;
  }

  DeliveryResult checked(@Nullable DeliveryResult result) {
    if (result != null) {
      return result;
    }
    report();
    return new DeliveryResult.Unknown(REASON);
  }

  LookUp checked(@Nullable LookUp found) {
    if (found != null) {
      return found;
    }
    report();
    return new LookUp.CannotTell(REASON);
  }

  private void report() {
    if (reported.compareAndSet(false, true)) {
      observer.broken("delivery through " + port, new NullPointerException(REASON));
    }
  }
}
