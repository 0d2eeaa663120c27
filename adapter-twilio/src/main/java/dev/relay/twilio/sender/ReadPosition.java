package dev.relay.twilio.sender;

import dev.relay.twilio.wire.Sid;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The read position in a customer's conversation, as Relay keeps it: {@code CH…:17}.
 *
 * @param sid the customer's Twilio conversation
 * @param index the last message that was read; -1 if there is none
 */
record ReadPosition(String sid, long index) {
  private static final Pattern INDEX = Pattern.compile("-1|\\d{1,9}");

  static Optional<ReadPosition> parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String sid = text.substring(0, colon);
    String index = text.substring(colon + 1);
    return Sid.CONVERSATION.matches(sid) && INDEX.matcher(index).matches()
        ? Optional.of(new ReadPosition(sid, Long.parseLong(index)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return sid + ":" + index;
  }
}
