package dev.relay.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Tests of the one view in which transcripts are given to others. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TranscriptAsSeenTest {
  private static final Participant ADA = new Participant(Participant.Role.CUSTOMER, "1", "Ada");
  private static final Participant BEA = Participant.agent("bea", "Bea");

  private final AttachmentRef file = new AttachmentRef("f", "log.txt", "text/plain", 3);

  @Test
  void a_message_has_its_latest_text_and_keeps_its_files_and_its_place() {
    MessageBody withFile = new MessageBody("frist", List.of(file), List.of(), List.of());
    List<TranscriptEntry> seen = TranscriptEntry.asSeen(List.of(
        entry(1, new EntryContent.Said(ADA, withFile)),
        said(2, BEA, "hello"),
        edited(3, ADA, 1, "first"),
        edited(4, ADA, 1, "first of all")));

    assertThat(texts(seen)).containsExactly("first of all", "hello");
    assertThat(((EntryContent.Said) seen.get(0).content()).body().attachments())
        .containsExactly(file);
    assertThat(seen.get(0).id()).isEqualTo(new EntryId(1));
  }

  @Test
  void a_deleted_message_is_left_out_whatever_else_happened_to_it() {
    assertThat(texts(said(1, ADA, "secret"), deleted(2, ADA, 1))).isEmpty();
    assertThat(texts(said(1, ADA, "secret"), edited(2, ADA, 1, "secret 2"), deleted(3, ADA, 1)))
        .as("a deletion after an edit")
        .isEmpty();
    assertThat(texts(said(1, ADA, "secret"), deleted(2, ADA, 1), edited(3, ADA, 1, "secret 2")))
        .as("an edit after the deletion")
        .isEmpty();
    assertThat(texts(said(1, ADA, "secret"), deleted(2, ADA, 1), deleted(3, ADA, 1)))
        .isEmpty();
  }

  @Test
  void nobody_outside_the_team_is_given_an_internal_message() {
    List<TranscriptEntry> entries = List.of(
        said(1, ADA, "frist"),
        entry(2, new EntryContent.Whispered(BEA, "she is angry")),
        edited(3, ADA, 1, "first"));

    assertThat(texts(TranscriptEntry.asPassedOn(entries))).containsExactly("first");
    assertThat(TranscriptEntry.asPassedOn(entries)).hasSize(1);
    assertThat(TranscriptEntry.asSeen(entries)).hasSize(2);
  }

  @Test
  void a_change_of_a_change_counts_for_the_message() {
    assertThat(texts(said(1, ADA, "a"), edited(2, ADA, 1, "b"), edited(3, ADA, 2, "c")))
        .containsExactly("c");
    assertThat(texts(
            said(1, ADA, "a"), edited(2, ADA, 1, "b"), edited(3, ADA, 2, "c"), deleted(4, ADA, 3)))
        .isEmpty();
  }

  @Test
  void nobody_changes_what_somebody_else_wrote() {
    Participant other = new Participant(Participant.Role.CUSTOMER, "2", "Ada");
    assertThat(texts(
            said(1, ADA, "mine"),
            edited(2, BEA, 1, "theirs"),
            edited(3, other, 1, "theirs"),
            deleted(4, BEA, 1)))
        .containsExactly("mine");
  }

  @Test
  void an_author_who_was_renamed_is_still_the_author() {
    Participant renamed = new Participant(Participant.Role.CUSTOMER, "1", "Ada L.");
    assertThat(texts(said(1, ADA, "secret"), deleted(2, renamed, 1))).isEmpty();
  }

  @Test
  void changes_of_messages_outside_the_entries_are_left_out_too() {
    assertThat(TranscriptEntry.asSeen(List.of(
            edited(5, ADA, 1, "of an older message"), deleted(6, ADA, 2), said(7, ADA, "now"))))
        .containsExactly(said(7, ADA, "now"));
  }

  @Test
  void changes_of_what_is_no_message_have_no_effect() {
    TranscriptEntry pressed = entry(1, new EntryContent.Pressed(ADA, Button.RATE));
    assertThat(
            TranscriptEntry.asSeen(List.of(pressed, edited(2, ADA, 1, "text"), deleted(3, ADA, 1))))
        .containsExactly(pressed);
  }

  private static List<String> texts(TranscriptEntry... entries) {
    return texts(TranscriptEntry.asSeen(List.of(entries)));
  }

  private static List<String> texts(List<TranscriptEntry> entries) {
    return entries.stream()
        .map(it -> ((EntryContent.Said) it.content()).body().text())
        .toList();
  }

  private static TranscriptEntry said(long id, Participant author, String text) {
    return entry(id, new EntryContent.Said(author, MessageBody.text(text)));
  }

  private static TranscriptEntry edited(long id, Participant author, long target, String text) {
    return entry(id, new EntryContent.Edited(author, new EntryId(target), text));
  }

  private static TranscriptEntry deleted(long id, Participant author, long target) {
    return entry(id, new EntryContent.Deleted(author, new EntryId(target)));
  }

  private static TranscriptEntry entry(long id, EntryContent content) {
    return new TranscriptEntry(
        new EntryId(id),
        new ConversationId(1),
        Destination.RECORD,
        0,
        Instant.parse("2026-11-02T10:00:00Z"),
        content,
        Optional.empty(),
        Optional.empty());
  }
}
