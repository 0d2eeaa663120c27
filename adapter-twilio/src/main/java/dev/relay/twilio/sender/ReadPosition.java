package dev.relay.twilio.sender;

import dev.relay.twilio.wire.Sid;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Relay keeps of a customer: the read position in their conversation, and whether they have opted out: {@code CH…:17} or {@code
 * CH…:17:stopped}.
 *
 * @param sid the customer's Twilio conversation
 * @param index the last message that was read; -1 if there is none
 * @param isOptedOut whether the customer has opted out
 */
record ReadPosition(String sid, long index, boolean isOptedOut) {
  private static final String STOPPED = ":stopped";

  private static final Pattern INDEX = Pattern.compile("-1|\\d{1,9}");

  static Optional<ReadPosition> parse(String text) {
    boolean isOptedOut = text.endsWith(STOPPED);
    String place = isOptedOut ? text.substring(0, text.length() - STOPPED.length()) : text;
    int colon = place.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String sid = place.substring(0, colon);
    String index = place.substring(colon + 1);
    return Sid.CONVERSATION.matches(sid) && INDEX.matcher(index).matches()
        ? Optional.of(new ReadPosition(sid, Long.parseLong(index), isOptedOut))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return sid + ":" + index + (isOptedOut ? STOPPED : "");
  }
}
