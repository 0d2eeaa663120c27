package dev.relay.core.id;

/**
 * Names a conversation within one Relay installation.
 *
 * @param value given by the store, positive
 */
public record ConversationId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
