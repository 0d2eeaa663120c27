package dev.relay.core.id;

/**
 * Names an entry of a transcript; within one conversation, later entries have greater ids.
 *
 * @param value given by the store, positive
 */
public record EntryId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
