package dev.relay.core.id;

import java.util.Optional;

/**
 * The key of a lane, which delivers to one destination of one conversation, in order.
 *
 * @param conversation the conversation; 0 for announcements
 * @param destination the destination, never {@link Destination#RECORD}
 */
public record LaneKey(ConversationId conversation, Destination destination) {
  /** The lane of news. */
  public static final LaneKey ANNOUNCEMENTS =
      new LaneKey(new ConversationId(0), Destination.ANNOUNCEMENT);

  /** Returns the key as operators see it: {@code 17-customer}. */
  @Override
  public String toString() {
    return conversation + "-" + destination.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Parses what {@link #toString()} returns; returns empty for any other text. */
  public static Optional<LaneKey> parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 1
        || dash > 18
        || !text.substring(0, dash).chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    String name = text.substring(dash + 1);
    for (Destination destination : Destination.values()) {
      if (destination != Destination.RECORD
          && destination.name().toLowerCase(java.util.Locale.ROOT).equals(name)) {
        return Optional.of(
            new LaneKey(new ConversationId(Long.parseLong(text.substring(0, dash))), destination));
      }
    }
    return Optional.empty();
  }
}
