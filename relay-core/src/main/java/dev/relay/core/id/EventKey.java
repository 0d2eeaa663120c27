package dev.relay.core.id;

import dev.relay.core.text.Cut;

/**
 * The unique key of an event: an event that arrives several times is applied once.
 *
 * @param source where the event came from, for example {@code web} or {@code flex}; 1 to 60 characters
 * @param key the event's id at its source, 1 to 200 characters
 */
public record EventKey(String source, String key) {

  /** Makes the parts well-formed; refuses empty and over-long ones. */
  public EventKey {
    source = Cut.wellFormed(source);
    key = Cut.wellFormed(key);
    if (source.isBlank() || source.length() > 60) {
      throw new IllegalArgumentException("an event's source must have 1 to 60 characters");
    }
    if (key.isBlank() || key.length() > 200) {
      throw new IllegalArgumentException("an event's key must have 1 to 200 characters");
    }
  }
}
