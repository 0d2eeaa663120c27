package dev.relay.core.id;

/**
 * The unique key of an event: an event that arrives several times is applied once.
 *
 * @param source where the event came from, for example {@code web} or {@code flex}; 1 to 60 characters
 * @param key the event's id at its source, 1 to 200 characters
 */
public record EventKey(String source, String key) {

  /** Refuses empty and over-long parts. */
  public EventKey {
    if (source.isBlank() || source.length() > 60) {
      throw new IllegalArgumentException("an event's source must have 1 to 60 characters");
    }
    if (key.isBlank() || key.length() > 200) {
      throw new IllegalArgumentException("an event's key must have 1 to 200 characters");
    }
  }
}
