package dev.relay.twilio.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.ArticleLink;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

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

    assertThat(TranscriptText.of(List.of(said(answer))))
        .isEqualTo(
            "[10:15] Robo: This may help.\nOpening hours https://help.example/hours\nFrom 9 to 17.");
  }

  @Test
  void agents_see_neither_deleted_messages_nor_texts_before_their_edits() {
    Participant robo = new Participant(Participant.Role.VIRTUAL_AGENT, "faq", "Robo");

    assertThat(TranscriptText.of(List.of(
            entry(1, new EntryContent.Said(robo, MessageBody.text("wrong"))),
            entry(2, new EntryContent.Said(robo, MessageBody.text("at 5"))),
            entry(3, new EntryContent.Deleted(robo, new EntryId(1))),
            entry(4, new EntryContent.Edited(robo, new EntryId(2), "at 6")))))
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
