package dev.relay.core.id;

/**
 * The id of a conversation within one Relay installation.
 *
 * @param value assigned by the store, positive
 */
public record ConversationId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
