package dev.relay.core.id;

/**
 * The id of a transcript entry. Within one conversation, later entries have greater ids.
 *
 * @param value assigned by the store, positive
 */
public record EntryId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
