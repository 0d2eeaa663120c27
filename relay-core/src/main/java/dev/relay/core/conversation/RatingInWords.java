package dev.relay.core.conversation;

import dev.relay.core.conversation.CustomerEvent.CustomerRated;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.id.Destination;
import dev.relay.core.message.Button;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.notice.NoticeTexts;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rating that a customer writes instead of pressing a button, as on a phone. It is recognised only as the answer to a question of
 * Relay in the last conversation, and only if the whole message is the answer: everything else is a new question (docs/decisions/0051).
 */
sealed interface RatingInWords {
  /** A score: a number, or its word. */
  record Score(int score) implements RatingInWords {}

  /** The reasons for the last score. */
  record Comment(String text) implements RatingInWords {}

  /** The time after Relay's question or thanks during which the answer is expected. */
  Duration EXPECTED = Duration.ofHours(24);

  /** The words of the five steps in the shipped languages, as {@link #plain} returns them. */
  Map<String, Integer> SCORES = Map.ofEntries(
      Map.entry("very bad", 1),
      Map.entry("bad", 2),
      Map.entry("all right", 3),
      Map.entry("good", 4),
      Map.entry("very good", 5),
      Map.entry("muy mal", 1),
      Map.entry("mal", 2),
      Map.entry("regular", 3),
      Map.entry("bien", 4),
      Map.entry("muy bien", 5));

  /** A number from 1 to 5, alone or "of 5"; the digit may be of any script. */
  Pattern NUMBER = Pattern.compile("(\\p{Nd})(?: ?(?:/|of|out of|de) ?5)?");

  /** A comment begins with the word that Relay's thanks name. Possessive, so that a text of spaces costs one pass. */
  Pattern COMMENT = Pattern.compile(
      "\\s*+(?:feedback|opini(?:ó|o\\u0301?)n)\\b\\s*+[:.,\\-–]?\\s*+(\\S.*)",
      Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);

  /** A comment with one of these asks something, so that it is a new question. */
  Pattern QUESTION = Pattern.compile("[?¿？؟]");

  /** The longest text that can be a score. */
  int MAX_SCORE_TEXT = 30;

  /** Returns the rating or comment in a message, whatever was asked before; empty if it is neither. */
  static Optional<RatingInWords> in(MessageBody body) {
    if (!body.attachments().isEmpty()) {
      return Optional.empty();
    }
    Optional<RatingInWords> score = score(body.text()).map(Score::new);
    return score.or(() -> comment(body.text()).map(Comment::new));
  }

  /**
   * Returns the answer in a message to what Relay asked in a conversation.
   *
   * @param recent the conversation's last entries, oldest first
   */
  static Optional<RatingInWords> answer(
      CustomerWrote event, List<TranscriptEntry> recent, Instant now) {
    return in(event.body())
        .filter(it -> isAsked(it instanceof Score ? Button.RATE : Button.ADD_COMMENT, recent, now));
  }

  private static boolean isAsked(Button button, List<TranscriptEntry> recent, Instant now) {
    return recent.stream()
        .filter(entry -> entry.destination() == Destination.CUSTOMER)
        .filter(entry -> entry.content() instanceof EntryContent.Notified notified
            && NoticeTexts.buttons(notified.notice().kind()).contains(button))
        .anyMatch(entry -> now.isBefore(entry.at().plus(EXPECTED)));
  }

  private static Optional<Integer> score(String text) {
    if (text.length() > MAX_SCORE_TEXT) {
      return Optional.empty();
    }
    String plain = plain(text);
    Matcher number = NUMBER.matcher(plain);
    if (number.matches()) {
      return Optional.of(Character.digit(number.group(1).codePointAt(0), 10))
          .filter(it -> it >= CustomerRated.WORST && it <= CustomerRated.BEST);
    }
    return Optional.ofNullable(SCORES.get(plain));
  }

  private static Optional<String> comment(String text) {
    Matcher comment = COMMENT.matcher(text);
    return comment.matches() && !QUESTION.matcher(text).find()
        ? Optional.of(comment.group(1).strip())
            .filter(it -> it.length() <= CustomerRated.MAX_COMMENT)
        : Optional.empty();
  }

  /** Returns a text in small letters, without accents, signs at its end and what makes a digit a keycap. */
  static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("[\\p{M}\\uFE0F\\u20E3]", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\s+", " ")
        .strip()
        .replaceAll("[ .!]+$", "");
  }
}
