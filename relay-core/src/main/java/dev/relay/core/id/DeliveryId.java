package dev.relay.core.id;

/**
 * The key of one delivery: the same for every attempt, even after a crash. The adapter puts it where the far side can see it.
 *
 * @param value at most 25 characters of {@code 0-9 a-z -} (Discord's limit for a nonce)
 */
public record DeliveryId(String value) {

  /** Returns the key of the entry at that place in that lane. */
  public static DeliveryId of(LaneKey lane, long sequence) {
    return new DeliveryId(Long.toString(lane.conversation().value(), Character.MAX_RADIX)
        + "-" + lane.destination().code()
        + "-" + Long.toString(sequence, Character.MAX_RADIX));
  }

  @Override
  public String toString() {
    return value;
  }
}
