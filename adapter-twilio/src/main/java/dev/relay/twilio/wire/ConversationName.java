package dev.relay.twilio.wire;

import dev.relay.core.id.ConversationId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The unique name of a Twilio conversation, made from Relay's conversation: either one leads to the other, also after a
 * restart and on another instance.
 *
 * @param conversation Relay's conversation
 * @param generation 1 for the first; a closed Twilio conversation is never used again, so the next handoff makes the next one
 */
public record ConversationName(ConversationId conversation, int generation) {
  /** The most Twilio conversations that one Relay conversation may use: nobody is handed over that often. */
  public static final int MAX_GENERATION = 1000;

  private static final Pattern NAME = Pattern.compile("relay-(\\d{1,18})-([1-9]\\d{0,3})");

  public static ConversationName first(ConversationId conversation) {
    return new ConversationName(conversation, 1);
  }

  public ConversationName next() {
    return new ConversationName(conversation, generation + 1);
  }

  public static Optional<ConversationName> parse(String text) {
    Matcher matcher = NAME.matcher(text);
    return matcher.matches()
        ? Optional.of(new ConversationName(
            new ConversationId(Long.parseLong(matcher.group(1))),
            Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "relay-" + conversation + "-" + generation;
  }
}
