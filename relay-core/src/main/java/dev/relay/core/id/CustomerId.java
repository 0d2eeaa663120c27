package dev.relay.core.id;

/**
 * Names a customer within one Relay installation.
 *
 * @param value given by the store, positive
 */
public record CustomerId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
