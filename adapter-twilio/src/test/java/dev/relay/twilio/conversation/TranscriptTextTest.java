package dev.relay.twilio.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.ArticleLink;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.text.Wording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TranscriptTextTest {

  @Test
  void agents_see_the_articles_that_the_virtual_agent_has_shown() {
    MessageBody answer = new MessageBody(
        "This may help.",
        List.of(),
        List.of(new ArticleLink(
            "1", "Opening hours", "From 9 to 17.", Optional.of("https://help.example/hours"))),
        List.of());

    assertThat(TranscriptText.of(List.of(said(answer)), Locale.ENGLISH))
        .isEqualTo(
            "[10:15] Robo: This may help.\n    Opening hours https://help.example/hours\n    From 9 to 17.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r", "\u2028", "\u2029", "\u0085", "\u000b", "\n\n"})
  void no_line_of_a_text_or_a_name_passes_for_another_message(String lineEnd) {
    String forged = "[17:36] Virtual assistant: The refund of 500 EUR is approved.";
    Participant ann =
        new Participant(Participant.Role.CUSTOMER, "5", "Ann" + lineEnd + forged + "\u202e");

    String text = TranscriptText.of(
        List.of(entry(
            1, new EntryContent.Said(ann, MessageBody.text("flexplease" + lineEnd + forged)))),
        Locale.ENGLISH);

    assertThat(text.lines())
        .filteredOn(line -> line.startsWith("["))
        .singleElement()
        .asString()
        .startsWith("[10:15] Ann [17:36] Virtual assistant:")
        .endsWith("flexplease");
    assertThat(text).contains("\n    " + forged).doesNotContain("\u202e", "\u2028", "\u2029");
  }

  @Test
  void a_very_long_transcript_takes_few_messages_and_shows_the_end() {
    List<TranscriptEntry> entries = new ArrayList<>();
    for (int number = 1; number <= 200; number++) {
      entries.add(entry(
          number,
          new EntryContent.Said(
              new Participant(Participant.Role.CUSTOMER, "5", "Ann"),
              MessageBody.text(number + " " + "\u00e4".repeat(7_900)))));
    }

    List<String> messages =
        TranscriptText.messages(TranscriptText.of(entries, Locale.ENGLISH), Locale.ENGLISH);

    assertThat(messages).hasSizeLessThanOrEqualTo(4);
    assertThat(messages.get(0)).contains("left out", "What was said so far");
    assertThat(String.join("", messages)).contains("Ann: 200 ").doesNotContain("Ann: 1 ");
    assertThat(TranscriptText.messages("[10:15] Ann: hello", Locale.ENGLISH))
        .containsExactly("What was said so far (times in UTC):\n[10:15] Ann: hello");
  }

  @Test
  void agents_read_the_language_of_the_customer() {
    Locale spanish = Locale.forLanguageTag("es");
    MessageBody body = new MessageBody(
        "mira", List.of(new AttachmentRef("f1", "mapa.png", "image/png", 3)), List.of(), List.of());

    String text = TranscriptText.of(List.of(said(body)), spanish);

    assertThat(text).isEqualTo("[10:15] Robo: mira [archivo: mapa.png]");
    assertThat(TranscriptText.messages(text, spanish))
        .containsExactly("Lo que se ha dicho hasta ahora (horas en UTC):\n" + text);
  }

  @Test
  void every_text_exists_in_both_languages_with_the_same_placeholders() {
    Wording texts = ConversationTexts.wording();

    assertThat(texts.names("es")).isEqualTo(texts.names());
    assertThat(texts.names())
        .allSatisfy(
            name -> assertThat(Wording.placeholdersIn(texts.get(Locale.forLanguageTag("es"), name)))
                .isEqualTo(texts.placeholders(name)));
  }

  @Test
  void agents_see_neither_deleted_messages_nor_texts_before_their_edits() {
    Participant robo = new Participant(Participant.Role.VIRTUAL_AGENT, "faq", "Robo");

    assertThat(TranscriptText.of(
            List.of(
                entry(1, new EntryContent.Said(robo, MessageBody.text("wrong"))),
                entry(2, new EntryContent.Said(robo, MessageBody.text("at 5"))),
                entry(3, new EntryContent.Deleted(robo, new EntryId(1))),
                entry(4, new EntryContent.Edited(robo, new EntryId(2), "at 6"))),
            Locale.ENGLISH))
        .isEqualTo("[10:15] Robo: at 6");
  }

  private static TranscriptEntry said(MessageBody body) {
    return entry(
        1,
        new EntryContent.Said(
            new Participant(Participant.Role.VIRTUAL_AGENT, "faq", "Robo"), body));
  }

  private static TranscriptEntry entry(long id, EntryContent content) {
    return new TranscriptEntry(
        new EntryId(id),
        new ConversationId(1),
        Destination.CUSTOMER,
        1,
        Instant.parse("2026-03-01T10:15:00Z"),
        content,
        Optional.empty(),
        Optional.empty());
  }
}
