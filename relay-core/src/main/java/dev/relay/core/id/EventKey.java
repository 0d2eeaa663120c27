package dev.relay.core.id;

/**
 * Names an event once and for all: the same event, however often it arrives, is applied once.
 *
 * @param source where it came from, for example {@code web} or {@code flex}; 1 to 60 characters
 * @param key what the source calls it, 1 to 200 characters
 */
public record EventKey(String source, String key) {

  /** Refuses empty and over-long parts. */
  public EventKey {
    if (source.isBlank() || source.length() > 60) {
      throw new IllegalArgumentException("an event's source has 1 to 60 characters");
    }
    if (key.isBlank() || key.length() > 200) {
      throw new IllegalArgumentException("an event's key has 1 to 200 characters");
    }
  }
}
