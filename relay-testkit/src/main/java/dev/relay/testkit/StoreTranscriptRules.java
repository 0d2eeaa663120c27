package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.ArticleLink;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Button;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.HandoffRequested.Reason;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Side;
import dev.relay.core.message.Topic;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settlement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules of section S6: transcripts. */
abstract class StoreTranscriptRules extends StoreSearchRules {
  private static final EntryId BEGINNING = new EntryId(0);

  private static final MessageBody FULL = new MessageBody(
      ANY_TEXT,
      List.of(
          new AttachmentRef("f1", "log – 日本.txt", "text/plain", 12_345_678_901L),
          new AttachmentRef("f2", "b.png", "image/png", 1)),
      List.of(
          new ArticleLink(
              "refunds",
              "Refunds",
              "A passage.",
              Optional.of("https://example.org/r"),
              Optional.of("A **passage**.")),
          new ArticleLink("start", "Start", "", Optional.empty())),
      List.of(Button.THAT_HELPED, Button.TALK_TO_PERSON));

  private static final List<EntryContent> EVERY_KIND = List.of(
      new EntryContent.Said(ANN, FULL),
      new EntryContent.Edited(ANN, new EntryId(3), ANY_TEXT),
      new EntryContent.Deleted(
          new Participant(Participant.Role.CUSTOMER, "c", ANY_TEXT), new EntryId(3)),
      new EntryContent.Pressed(BOB, Button.DID_NOT_HELP),
      new EntryContent.Rated(BOB, 4),
      new EntryContent.Whispered(ANN, ANY_TEXT),
      new EntryContent.Rated(BOB, 1, Optional.of(ANY_TEXT)),
      new EntryContent.Notified(
          new Notice(NoticeKind.AGENT_JOINED, Map.of("agent", ANY_TEXT, "other", ""))),
      new EntryContent.Notified(
          Notice.of(NoticeKind.THANKS_FOR_RATING, "score", 4), Optional.of(new EntryId(3))),
      new EntryContent.HandoffRequested(new CaseNumber(1042), SUPPORT, Reason.parse(ANY_TEXT)),
      new EntryContent.HandoffRequested(
          new CaseNumber(1042),
          SUPPORT,
          new Reason(Reason.Code.PASSED, Map.of("name", ANY_TEXT, "queue", "news"))),
      new EntryContent.HandoffWithdrawn(ANY_TEXT),
      new EntryContent.ConversationEnded(ANY_TEXT),
      new EntryContent.Announced(
          ANN, Topic.BUG, "Title", ANY_TEXT, Optional.of("https://example.org")),
      new EntryContent.Announced(ANN, Topic.BUG, "Title", ANY_TEXT, Optional.empty()),
      new EntryContent.CardChanged(new CaseNumber(1042), new EntryId(7)));

  @Test
  void rule_S6_1_every_kind_of_content_is_read_as_it_was_written() {
    Set<Class<?>> kinds = new HashSet<>(Set.of(EntryContent.class.getPermittedSubclasses()));
    kinds.remove(EntryContent.Unreadable.class);
    assertThat(EVERY_KIND.stream().map(Object::getClass).collect(Collectors.toSet()))
        .as("every kind of content that can be written is tried")
        .hasSameSizeAs(kinds);
    Conversation conversation = newConversation("a");

    for (EntryContent content : EVERY_KIND) {
      TranscriptEntry entry = store()
          .write(transaction -> transaction.append(
              conversation.id(),
              Destination.DESK,
              Optional.of(DESK),
              content,
              Optional.of("s"),
              at(4)));

      assertThat(entry.content()).isEqualTo(content);
      assertThatOptional(store().read(queries -> queries.entry(entry.id()))).contains(entry);
    }
  }

  @Test
  void rule_S6_2_a_transcript_is_read_from_any_entry_on_oldest_first() {
    Conversation conversation = newConversation("a");
    Conversation other = newConversation("b");
    TranscriptEntry first = append(conversation, "1", NOW);
    append(other, "x", NOW);
    TranscriptEntry second = record(conversation, "2");
    TranscriptEntry third = append(conversation, "3", NOW);

    inspect(queries -> {
      assertThat(queries.transcript(conversation.id(), BEGINNING, 10))
          .containsExactly(first, second, third);
      assertThat(queries.transcript(conversation.id(), first.id(), 10))
          .containsExactly(second, third);
      assertThat(queries.transcript(conversation.id(), first.id(), 1)).containsExactly(second);
      assertThat(queries.transcript(conversation.id(), third.id(), 10)).isEmpty();
      assertThat(queries.latestEntries(conversation.id(), 2)).containsExactly(second, third);
      assertThat(queries.latestEntries(conversation.id(), 10))
          .containsExactly(first, second, third);
      assertThat(queries.latestEntries(conversation.id(), second.id(), 10))
          .containsExactly(first, second);
      assertThat(queries.latestEntries(conversation.id(), third.id(), 2))
          .containsExactly(second, third);
      assertThat(queries.latestEntries(conversation.id(), new EntryId(first.id().value() - 1), 2))
          .isEmpty();
    });
  }

  @Test
  void rule_S6_3_the_transcript_of_an_address_spans_its_conversations() {
    Conversation first = newConversation("a");
    TranscriptEntry one = append(first, "1", NOW);
    write(transaction -> transaction.save(handledBy(first, closed())));
    Conversation second = newConversation("a");
    TranscriptEntry two = append(second, "2", NOW);
    append(newConversation("b"), "x", NOW);
    TranscriptEntry three = append(first, "late", NOW);

    inspect(queries -> {
      assertThat(queries.transcriptAt(address("a"), BEGINNING, 10))
          .containsExactly(one, two, three);
      assertThat(queries.transcriptAt(address("a"), one.id(), 1)).containsExactly(two);
      assertThat(queries.transcriptAt(address("c"), BEGINNING, 10)).isEmpty();
    });
  }

  @Test
  void rule_S6_4_an_entry_is_found_by_its_sources_id_within_its_conversation_and_side() {
    Conversation conversation = newConversation("a");
    Conversation other = newConversation("b");
    TranscriptEntry first = sourced(conversation, Destination.DESK, "s1");
    sourced(conversation, Destination.DESK, "s1");
    TranscriptEntry agents = sourced(conversation, Destination.CUSTOMER, "s1");
    TranscriptEntry others = sourced(other, Destination.VIRTUAL_AGENT, "s1");

    inspect(queries -> {
      assertThat(queries.entryBySource(conversation.id(), Side.CUSTOMER, "s1")).contains(first);
      assertThat(queries.entryBySource(conversation.id(), Side.AGENTS, "s1")).contains(agents);
      assertThat(queries.entryBySource(other.id(), Side.CUSTOMER, "s1")).contains(others);
      assertThat(queries.entryBySource(other.id(), Side.AGENTS, "s1")).isEmpty();
      assertThat(queries.entryBySource(conversation.id(), Side.CUSTOMER, "s2")).isEmpty();
    });
  }

  @Test
  void rule_S6_5_announcements_belong_to_no_conversation() {
    append(newConversation("a"), "1", NOW);
    PortId announcer = new PortId("announcer");
    TranscriptEntry first =
        append(LaneKey.ANNOUNCEMENTS.conversation(), Destination.ANNOUNCEMENT, announcer, "1", NOW);
    TranscriptEntry second =
        append(LaneKey.ANNOUNCEMENTS.conversation(), Destination.ANNOUNCEMENT, announcer, "2", NOW);

    inspect(queries -> {
      assertThat(queries.announcements(BEGINNING, 10)).containsExactly(first, second);
      assertThat(queries.announcements(first.id(), 10)).containsExactly(second);
      assertThat(queries.laneEntry(LaneKey.ANNOUNCEMENTS, 2)).contains(second);
    });
  }

  @Test
  void rule_S6_6_what_is_for_the_record_has_no_place_in_a_lane() {
    Conversation conversation = newConversation("a");

    assertThat(record(conversation, "1").sequence()).isZero();
    assertThat(record(conversation, "2").sequence()).isZero();
    assertThatList(store().read(queries -> queries.lanes(conversation.id()))).isEmpty();
  }

  @Test
  void rule_S6_7_an_entry_has_a_port_unless_it_is_for_the_record() {
    Conversation conversation = newConversation("a");

    assertThatThrownBy(() -> write(transaction -> transaction.append(
            conversation.id(),
            Destination.CUSTOMER,
            Optional.empty(),
            said("1"),
            Optional.empty(),
            NOW)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> append(conversation.id(), Destination.RECORD, WEB, "1", NOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatList(store().read(queries -> queries.transcript(conversation.id(), BEGINNING, 10)))
        .isEmpty();
  }

  @Test
  void rule_S6_10_a_file_is_shown_where_a_message_that_is_not_deleted_has_it() {
    Conversation conversation = newConversation("a");
    newConversation("b");
    AttachmentRef file = new AttachmentRef("f1", "log.txt", "text/plain", 5);
    EntryContent withFile = new EntryContent.Said(
        ANN, new MessageBody("see", List.of(file, file), List.of(), List.of()));

    TranscriptEntry first = record(conversation, withFile);
    TranscriptEntry again = record(conversation, withFile);
    record(conversation, new EntryContent.Deleted(ANN, first.id()));

    assertThat(isShown("f1", "a")).as("in the second message").isTrue();
    assertThat(isShown("f1", "b")).isFalse();
    assertThat(isShown("f2", "a")).isFalse();
    record(conversation, new EntryContent.Deleted(ANN, again.id()));
    assertThat(isShown("f1", "a")).isFalse();
  }

  private boolean isShown(String attachment, String addressKey) {
    return store().read(queries -> queries.isShown(attachment, address(addressKey)));
  }

  @Test
  void rule_S6_8_an_entry_that_cannot_be_read_is_shown_as_such_in_its_place() {
    Conversation conversation = newConversation("a");
    TranscriptEntry before = append(conversation.id(), Destination.CUSTOMER, WEB, "1", NOW);
    TranscriptEntry damaged =
        appendUnreadable(store(), conversation.id(), Destination.CUSTOMER, WEB);
    TranscriptEntry after = append(conversation.id(), Destination.CUSTOMER, WEB, "2", NOW);

    List<List<TranscriptEntry>> lists = store()
        .read(queries -> List.of(
            queries.transcript(conversation.id(), BEGINNING, 10),
            queries.latestEntries(conversation.id(), 10),
            queries.transcriptAt(conversation.address(), BEGINNING, 10)));

    for (List<TranscriptEntry> each : lists) {
      assertThat(each)
          .extracting(TranscriptEntry::id)
          .containsExactly(before.id(), damaged.id(), after.id());
      assertThat(each.get(0)).isEqualTo(before);
      assertThat(each.get(1).content()).isInstanceOf(EntryContent.Unreadable.class);
      assertThat(each.get(1).sequence()).isEqualTo(2);
    }
  }

  @Test
  void rule_S6_9_a_lane_whose_head_cannot_be_read_is_claimed_like_any_other() {
    Conversation damaged = newConversation("a");
    Conversation other = newConversation("b");
    appendUnreadable(store(), damaged.id(), Destination.CUSTOMER, WEB);
    TranscriptEntry readable = append(other.id(), Destination.CUSTOMER, WEB, "2", NOW);

    List<Claim> claims =
        store().write(transaction -> transaction.claim(WEB, at(1), at(60), "me", 10));

    assertThat(claims).hasSize(2);
    assertThat(claims.get(0).head().content()).isInstanceOf(EntryContent.Unreadable.class);
    assertThat(claims.get(1).head()).isEqualTo(readable);
    Claim claim = claims.get(0);
    write(transaction -> transaction.settle(
        claim.lane(), claim.epoch(), 1, new Settlement.Park("unreadable", false), at(2)));
    assertThatList(store().read(queries -> queries.parkedLanes(Optional.empty(), 10)))
        .extracting(Lane::key)
        .containsExactly(claim.lane());
  }

  private TranscriptEntry record(Conversation conversation, String text) {
    return store()
        .write(transaction -> transaction.append(
            conversation.id(),
            Destination.RECORD,
            Optional.empty(),
            said(text),
            Optional.empty(),
            NOW));
  }

  private TranscriptEntry sourced(Conversation conversation, Destination to, String sourceId) {
    return store()
        .write(transaction -> transaction.append(
            conversation.id(), to, Optional.of(DESK), said("x"), Optional.of(sourceId), NOW));
  }
}
