package dev.relay.twilio.sender;

import static java.util.Map.entry;

import dev.relay.twilio.account.TwilioSender;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A word that Twilio or the carrier answers itself. For text messages the words are fixed
 * (https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out and
 * https://help.twilio.com/articles/223134027); an account may add words and languages, and then {@code OptOutType} names the meaning.
 */
enum ReservedWord {
  /** The customer opts out: nothing reaches them any longer. */
  STOP,
  /** The customer opts in again. */
  START,
  /** The customer asks what this number is; Twilio answers. */
  HELP;

  private static final Map<String, ReservedWord> WORDS = Map.ofEntries(
      entry("STOP", STOP),
      entry("STOPALL", STOP),
      entry("UNSUBSCRIBE", STOP),
      entry("CANCEL", STOP),
      entry("END", STOP),
      entry("QUIT", STOP),
      entry("REVOKE", STOP),
      entry("OPTOUT", STOP),
      entry("ARRET", STOP),
      entry("ARRETE", STOP),
      entry("ARRETT", STOP),
      entry("START", START),
      entry("UNSTOP", START),
      entry("HELP", HELP),
      entry("INFO", HELP));

  /** Opts in as well, but is an ordinary answer of a customer who has not opted out. */
  private static final String YES = "YES";

  /**
   * Returns the reserved word in a message, if it is one: the whole text, whatever its case.
   *
   * @param optOutType Twilio's own judgement, which decides if it comes
   * @param isOptedOut whether the customer has opted out
   */
  static Optional<ReservedWord> of(
      TwilioSender.Medium medium, String body, Optional<String> optOutType, boolean isOptedOut) {
    Optional<ReservedWord> named = optOutType.flatMap(ReservedWord::named);
    if (named.isPresent() || medium != TwilioSender.Medium.SMS) {
      // Twilio does not read words in other media unless the account asks for it.
      return named;
    }
    String word = plain(body);
    if (isOptedOut && word.equals(YES)) {
      return Optional.of(START);
    }
    return Optional.ofNullable(WORDS.get(word));
  }

  /** Returns the text in capital letters, without accents and white space around it. */
  private static String plain(String body) {
    return Normalizer.normalize(body.strip(), Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toUpperCase(Locale.ROOT);
  }

  private static Optional<ReservedWord> named(String type) {
    for (ReservedWord one : values()) {
      if (one.name().equalsIgnoreCase(type.strip())) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
