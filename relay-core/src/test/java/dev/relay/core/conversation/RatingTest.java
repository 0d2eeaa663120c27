package dev.relay.core.conversation;

import static dev.relay.core.conversation.Situations.noticesToCustomer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.conversation.CustomerEvent.CustomerRated;
import dev.relay.core.conversation.Decision.Effect;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A customer rates a conversation that has ended, and says why. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RatingTest {
  private static final Participant ADA = new Situations().customer.asParticipant();

  private final Situations world = new Situations();
  private final Conversation closed = world.closed();

  @Test
  void a_comment_to_the_same_score_is_kept_without_thanking_again() {
    Decision.Applied first = rate(4, Optional.empty());
    Decision.Applied second = rate(4, Optional.of("quick help"));
    Decision.Applied repeated = rate(4, Optional.of("quick help"));

    assertThat(noticesToCustomer(first)).hasSize(1);
    assertThat(noticesToCustomer(second)).isEmpty();
    assertThat(ratings(second))
        .containsExactly(
            new EntryContent.Rated(world.customer.asParticipant(), 4, Optional.of("quick help")));
    assertThat(repeated.effects()).as("the same rating again changes nothing").isEmpty();
  }

  @Test
  void a_blank_comment_is_none_and_one_that_is_too_long_is_refused() {
    assertThat(ratings(rate(3, Optional.of("  "))))
        .containsExactly(new EntryContent.Rated(world.customer.asParticipant(), 3));
    Decision refused = closed.decide(
        new CustomerRated(
            world.origin(),
            Situations.ID,
            3,
            Optional.of("x".repeat(CustomerRated.MAX_COMMENT + 1))),
        world);
    assertThat(refused)
        .isInstanceOfSatisfying(
            Decision.Refused.class,
            it -> assertThat(it.refusal().message()).contains("at most 2000 characters"));
  }

  @Test
  void reasons_alone_belong_to_the_last_score_and_the_case_records_both() {
    rate(2, Optional.empty());
    Decision.Applied changed = rate(4, Optional.empty());
    Decision.Applied reasons = comment("quick help");

    assertThat(noticesToCustomer(changed)).hasSize(1);
    assertThat(noticesToCustomer(reasons)).as("no second thank-you").isEmpty();
    assertThat(ratings(reasons)).containsExactly(rating(4, "quick help"));
    assertThat(historyOf(reasons)).containsExactly("4: quick help");
    assertThat(comment("quick help").effects()).as("repeated").isEmpty();
  }

  @Test
  void reasons_without_a_score_and_reasons_of_a_wrong_length_are_refused() {
    assertThat(refusal(commented("quick help"))).contains("has not been rated yet");
    rate(4, Optional.empty());
    assertThat(refusal(commented(" "))).contains("1 to 2000 characters");
    assertThat(refusal(commented("x".repeat(2_001)))).contains("1 to 2000 characters");
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
      4,                4
      ' 4. ',           4
      5/5,              5
      1 of 5,           1
      5 de 5,           5
      3 out of 5,       3
      4️⃣,              4
      ٥,                5
      Very good!,       5
      VERY BAD,         1
      all right,        3
      Muy bien,         5
      regular,          3""")
  void a_number_or_its_word_answers_the_question(String text, int score) {
    asked();
    Decision.Applied applied = remembered(world.apply(closed, world.wrote(text)));

    assertThat(ratings(applied)).containsExactly(new EntryContent.Rated(ADA, score));
    assertThat(noticesToCustomer(applied)).hasSize(1);
    assertThat(said(applied)).as("the words stay in the transcript").containsExactly(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "6",
        "45",
        "2 of my accounts are locked",
        "4?",
        "4 it still happens",
        "good morning",
        "Bad request 400",
        "ok",
        "thanks",
        "5 of 6",
        "-4",
        "FEEDBACK",
        "4, how do I log in?"
      })
  void anything_else_is_a_new_question(String text) {
    asked();
    assertThat(isRating(text)).isFalse();
    assertThat(closed.decide(world.wrote(text), world)).isInstanceOf(Decision.Refused.class);
  }

  @Test
  void a_number_is_no_rating_unless_relay_has_asked_within_a_day_at_the_end_of_the_conversation() {
    assertThat(isRating("4")).as("not asked").isFalse();
    asked();
    assertThat(isRating("4")).isTrue();
    assertThat(isRating(world.live(), "4")).as("the conversation goes on").isFalse();
    world.later(Duration.ofHours(24));
    assertThat(isRating("4")).as("a day later").isFalse();
  }

  @Test
  void reasons_in_words_begin_with_the_word_that_the_thanks_name() {
    asked();
    assertThat(isRating("Feedback: quick help"))
        .as("before the rating nobody has asked for reasons")
        .isFalse();
    remembered(world.apply(closed, world.wrote("4")));

    for (String text :
        List.of("FEEDBACK quick help", "feedback: quick help", "Opinión quick help")) {
      assertThat(isRating(text)).as(text).isTrue();
    }
    Decision.Applied reasons =
        remembered(world.apply(closed, world.wrote("Feedback - quick help\nby Bea")));
    assertThat(ratings(reasons)).containsExactly(rating(4, "quick help\nby Bea"));
    assertThat(noticesToCustomer(reasons)).isEmpty();
    for (String text : List.of("Feedback form where?", "feedbacks are lost", "Great, thanks")) {
      assertThat(isRating(text)).as(text).isFalse();
    }
  }

  private boolean isRating(String text) {
    return isRating(closed, text);
  }

  private boolean isRating(Conversation conversation, String text) {
    return conversation.isRatedBy(
        (CustomerEvent.CustomerWrote) world.wrote(text), world.entries, world.now);
  }

  /** Relay asks for the rating, as at the end of a conversation. */
  private void asked() {
    world.entries.add(new TranscriptEntry(
        new EntryId(99),
        Situations.ID,
        Destination.CUSTOMER,
        0,
        world.now,
        new EntryContent.Notified(Notice.of(NoticeKind.ENDED_SOLVED, "case", "#1042")),
        Optional.empty(),
        Optional.empty()));
  }

  private Decision.Applied comment(String text) {
    return remembered(world.apply(closed, commented(text)));
  }

  private CustomerEvent commented(String text) {
    return new CustomerEvent.RatingCommented(world.origin(), Situations.ID, text);
  }

  private String refusal(CustomerEvent event) {
    return ((Decision.Refused) closed.decide(event, world)).refusal().message();
  }

  /** The one thread that writes for everybody reads it, so a customer must not be able to keep it busy. */
  @Test
  void a_message_of_spaces_is_read_once() {
    CountedText text = new CountedText("feedback" + " ".repeat(2_000));

    assertThat(RatingInWords.COMMENT.matcher(text).matches()).isFalse();
    assertThat(text.reads).isLessThan(10 * text.length());
  }

  /** A text that counts how often its characters are read. */
  private static final class CountedText implements CharSequence {
    private final String text;
    private int reads;

    CountedText(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      reads++;
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static EntryContent.Rated rating(int score, String comment) {
    return new EntryContent.Rated(ADA, score, Optional.of(comment));
  }

  private static List<String> historyOf(Decision.Applied applied) {
    return applied.effects().stream()
        .filter(Effect.SaveCase.class::isInstance)
        .flatMap(effect -> ((Effect.SaveCase) effect).history().stream())
        .map(CaseHistoryEntry::after)
        .toList();
  }

  private static List<String> said(Decision.Applied applied) {
    return applied.effects().stream()
        .filter(Effect.Append.class::isInstance)
        .map(effect -> ((Effect.Append) effect).content())
        .filter(EntryContent.Said.class::isInstance)
        .map(content -> ((EntryContent.Said) content).body().text())
        .toList();
  }

  private Decision.Applied rate(int score, Optional<String> comment) {
    return remembered(
        world.apply(closed, new CustomerRated(world.origin(), Situations.ID, score, comment)));
  }

  /** Remembers the entries as the store would. */
  private Decision.Applied remembered(Decision.Applied applied) {
    for (Effect effect : applied.effects()) {
      if (effect instanceof Effect.Append append) {
        world.entries.add(new TranscriptEntry(
            new EntryId(100L + world.entries.size()),
            Situations.ID,
            append.destination(),
            0,
            world.now,
            append.content(),
            append.sourceId(),
            Optional.empty()));
      }
    }
    return applied;
  }

  private static List<EntryContent> ratings(Decision.Applied applied) {
    return applied.effects().stream()
        .filter(Effect.Append.class::isInstance)
        .map(effect -> ((Effect.Append) effect).content())
        .filter(EntryContent.Rated.class::isInstance)
        .toList();
  }
}
