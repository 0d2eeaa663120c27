package dev.relay.twilio.sender;

import dev.relay.twilio.wire.Sid;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a customer accepts messages, as far as Relay knows: by their reserved words and by Twilio's refusals. Its text is kept with the
 * customer's read position.
 */
sealed interface Consent {
  /** Nothing is known, so messages are sent until Twilio refuses one. */
  record Assumed() implements Consent {
    @Override
    public String toString() {
      return "";
    }
  }

  /** The customer has opted out: {@code stopped}. */
  record OptedOut() implements Consent {
    @Override
    public String toString() {
      return STOPPED;
    }
  }

  /**
   * The customer has opted in again: {@code started:CH…:12}. A refusal of a message that was posted before it says nothing about now,
   * however late the refusal arrives.
   *
   * @param conversation the Twilio conversation in which the customer opted in
   * @param index the index of their message: Twilio numbers the messages of a conversation in the order in which they were posted
   */
  record OptedIn(String conversation, long index) implements Consent {
    @Override
    public String toString() {
      return STARTED + conversation + ":" + index;
    }
  }

  String STOPPED = "stopped";
  String STARTED = "started:";
  Pattern OPTED_IN = Pattern.compile(STARTED + "([^:]+):(\\d{1,9})");

  /** Parses the text of a consent; empty if it is none. */
  static Optional<Consent> parse(String text) {
    if (text.isEmpty()) {
      return Optional.of(new Assumed());
    }
    if (text.equals(STOPPED)) {
      return Optional.of(new OptedOut());
    }
    Matcher optedIn = OPTED_IN.matcher(text);
    return optedIn.matches() && Sid.CONVERSATION.matches(optedIn.group(1))
        ? Optional.of(new OptedIn(optedIn.group(1), Long.parseLong(optedIn.group(2))))
        : Optional.empty();
  }
}
