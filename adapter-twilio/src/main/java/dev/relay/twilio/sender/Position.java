package dev.relay.twilio.sender;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a person's conversation was read, as Relay keeps it: {@code CH…:17}.
 *
 * @param sid the Twilio conversation in which the person is
 * @param index the last message that was read; -1 where there was none
 */
record Position(String sid, long index) {
  private static final Pattern SHAPE = Pattern.compile("(CH[0-9a-fA-F]{32}):(-1|\\d{1,9})");

  static Optional<Position> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    return matcher.matches()
        ? Optional.of(new Position(matcher.group(1), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return sid + ":" + index;
  }
}
