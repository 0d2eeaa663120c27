package dev.relay.core.engine.lane;

import dev.relay.core.conversation.Event;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import java.util.Optional;

/** A delivery that is ready to be made: all required data has been read, and no transaction is open. */
interface Attempt {

  /** Makes the delivery; may block. */
  Outcome make();

  /** Returns whether {@link #make} calls the port, so that its result says something of the port. */
  default boolean callsPort() {
    return true;
  }

  /** Looks up whether an earlier attempt has reached the far side; may block. */
  LookUp look();

  /**
   * The outcome of an attempt.
   *
   * @param result the result of the delivery
   * @param answer an event that is applied in the transaction that marks the entry as delivered
   */
  record Outcome(DeliveryResult result, Optional<Event> answer) {
    static Outcome of(DeliveryResult result) {
      return new Outcome(result, Optional.empty());
    }
  }

  /** Returns an attempt for an entry that requires no call. */
  static Attempt nothing() {
    return without(DeliveryResult.delivered());
  }

  /** Returns an attempt for an entry that cannot be prepared, for that reason: its lane is parked, because the fault may be mended. */
  static Attempt impossible(String reason) {
    return without(new DeliveryResult.Rejected(DeliveryResult.Rejected.Scope.CUSTOMER, reason));
  }

  /** Returns an attempt for an entry that cannot be read: its lane is parked, because a newer program may be able to read it. */
  static Attempt unreadable(String reason) {
    return without(new DeliveryResult.Rejected(DeliveryResult.Rejected.Scope.CUSTOMER, reason));
  }

  private static Attempt without(DeliveryResult result) {
    return new Attempt() {
      @Override
      public Outcome make() {
        return Outcome.of(result);
      }

      @Override
      public boolean callsPort() {
        return false;
      }

      @Override
      public LookUp look() {
        return new LookUp.NotFound();
      }
    };
  }
}
