package dev.relay.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.notice.NoticeTexts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What customers of the web chat see of a transcript. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ChatViewsTest {
  private final ChatViews views = new ChatViews(
      NoticeTexts.shipped(),
      new AgentPictureIds(new MemoryStore().workspace().agentPictures(), InstantSource.system()));

  @Test
  void a_notice_that_replaces_another_one_is_shown_in_its_place() {
    ChatViews.StreamEvent first = event(7, rated(3, Optional.empty()));
    ChatViews.StreamEvent second = event(9, rated(5, Optional.of(new EntryId(7))));

    assertThat(first.name()).isEqualTo("message");
    assertThat(second.name()).isEqualTo("edit");
    assertThat(second.data())
        .isEqualTo(new ChatViews.Edit("9", "7", "You gave 5 of 5. Thank you!"));
  }

  @Test
  void an_agent_without_a_name_is_named_in_the_readers_language() {
    EntryContent said = new EntryContent.Said(
        Participant.agent("bea.1", "bea.1"), MessageBody.text("good morning"));

    assertThat(((ChatViews.Message) event(7, said, Locale.ENGLISH).data()).name())
        .isEqualTo("Support");
    assertThat(((ChatViews.Message) event(7, said, Locale.forLanguageTag("es")).data()).name())
        .isEqualTo("Soporte");
  }

  private static EntryContent rated(int score, Optional<EntryId> replaces) {
    return new EntryContent.Notified(
        Notice.of(NoticeKind.THANKS_FOR_RATING, "score", score), replaces);
  }

  private ChatViews.StreamEvent event(long id, EntryContent content) {
    return event(id, content, Locale.ENGLISH);
  }

  private ChatViews.StreamEvent event(long id, EntryContent content, Locale locale) {
    return views
        .event(
            new TranscriptEntry(
                new EntryId(id),
                new ConversationId(1),
                Destination.CUSTOMER,
                id,
                Instant.EPOCH,
                content,
                Optional.empty(),
                Optional.empty()),
            locale)
        .orElseThrow();
  }
}
