package dev.relay.discord.player;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a player is served and how far that place was read.
 *
 * @param channel the direct message or the private thread
 * @param lastSeen the last message of the player that Relay has; 0 where there is none
 */
public record Position(long channel, long lastSeen) {
  private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,19})/([0-9]{1,19})");

  /** Reads what {@link #toString()} writes; empty where it is something else. */
  public static Optional<Position> parse(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Position(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
    } catch (NumberFormatException tooGreat) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return channel + "/" + lastSeen;
  }
}
