package dev.relay.twilio.conversation;

import dev.relay.core.text.Wording;
import dev.relay.twilio.account.TwilioSettings.Limits;
import java.util.Locale;

/**
 * What Relay itself writes into a conversation at Twilio, in the customer's language. Agents in Flex have no language that Twilio names; they
 * read the language in which they answer.
 */
final class ConversationTexts {
  private static final Wording WORDING =
      Wording.of(ConversationTexts.class::getResourceAsStream, "conversation");

  private ConversationTexts() {}

  /** Returns the texts with their placeholders. */
  static Wording wording() {
    return WORDING;
  }

  /** Returns what stands for a file that is no longer kept. */
  static String fileGone(Locale locale) {
    return WORDING.get(locale, "file.gone");
  }

  /** Returns what stands for a file that is missing. */
  static String fileLost(Locale locale) {
    return WORDING.get(locale, "file.lost");
  }

  /** Returns what stands for a file that is larger than allowed. */
  static String fileTooLarge(Locale locale, long maxBytes) {
    return WORDING.get(locale, "file.toobig", "size", Long.toString(maxBytes / Limits.MEGABYTE));
  }

  /** Returns what stands for a file in a transcript. */
  static String file(Locale locale, String name) {
    return WORDING.get(locale, "transcript.file", "name", name);
  }

  /** Returns the line above a transcript. */
  static String title(Locale locale) {
    return WORDING.get(locale, "transcript.title");
  }

  /** Returns the line that stands for the beginning of a transcript. */
  static String leftOut(Locale locale) {
    return WORDING.get(locale, "transcript.leftout");
  }
}
