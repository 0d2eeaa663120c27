package dev.relay.twilio.sender;

import dev.relay.twilio.wire.Sid;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Relay keeps of a customer: the read position in their conversation, and their consent: {@code CH…:17}, {@code CH…:17:stopped} or
 * {@code CH…:17:started:CH…:12}.
 *
 * @param sid the customer's Twilio conversation
 * @param index the last message that was read; -1 if there is none
 * @param consent whether the customer accepts messages
 */
record ReadPosition(String sid, long index, Consent consent) {
  private static final Pattern TEXT = Pattern.compile("([^:]+):(-1|\\d{1,9})(?::(.+))?");

  static Optional<ReadPosition> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches() || !Sid.CONVERSATION.matches(matcher.group(1))) {
      return Optional.empty();
    }
    String consent = matcher.group(3) == null ? "" : matcher.group(3);
    return Consent.parse(consent)
        .map(it -> new ReadPosition(matcher.group(1), Long.parseLong(matcher.group(2)), it));
  }

  @Override
  public String toString() {
    String kept = consent.toString();
    return sid + ":" + index + (kept.isEmpty() ? "" : ":" + kept);
  }
}
