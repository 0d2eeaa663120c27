package dev.relay.core.id;

/**
 * The id of a customer within one Relay installation.
 *
 * @param value assigned by the store, positive
 */
public record CustomerId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
