package dev.relay.core.engine;

import dev.relay.core.conversation.Event;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import java.util.Optional;

/** A delivery that is ready to be made: everything it needs has been read, and no transaction is open. */
interface Attempt {

  /** Makes it; may block. */
  Outcome make();

  /** Looks whether an earlier attempt has reached the far side; may block. */
  LookUp look();

  /**
   * What came of it.
   *
   * @param result what became of the delivery
   * @param answer an event that is applied in the same transaction that marks the entry as delivered
   */
  record Outcome(DeliveryResult result, Optional<Event> answer) {
    static Outcome of(DeliveryResult result) {
      return new Outcome(result, Optional.empty());
    }
  }

  /** For entries that need nothing to be done. */
  static Attempt nothing() {
    return without(DeliveryResult.delivered());
  }

  /** For entries of which no call can be made, for that reason. */
  static Attempt impossible(String reason) {
    return without(new DeliveryResult.Rejected(reason));
  }

  private static Attempt without(DeliveryResult result) {
    return new Attempt() {
      @Override
      public Outcome make() {
        return Outcome.of(result);
      }

      @Override
      public LookUp look() {
        return new LookUp.NotFound();
      }
    };
  }
}
