package dev.relay.discord.customer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A customer's channel and the position up to which Relay has read it.
 *
 * @param channel the direct message or the private thread
 * @param lastSeen the customer's last message that Relay has stored; 0 if there is none
 */
public record ReadPosition(long channel, long lastSeen) {
  private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,19})/([0-9]{1,19})");

  /** Parses the format of {@link #toString()}; returns empty for other text. */
  public static Optional<ReadPosition> parse(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ReadPosition(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
    } catch (NumberFormatException tooGreat) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return channel + "/" + lastSeen;
  }
}
