package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.access.AccessToken;
import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Handling;
import dev.relay.core.conversation.Resolution;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.routing.Route;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settled;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.StoreException.BadData;
import dev.relay.core.text.Cut;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.OptionalAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One row that this program cannot read, written by a newer one or damaged, concerns nothing but itself. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UnreadableRowsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final PortId WEB = new PortId("web");
  private static final QueueName QUEUE = new QueueName("support");
  private static final Participant ANN = Participant.agent("ann", "Ann");
  private static final String CANARY = "canary-7f3a";

  @TempDir
  Path folder = Path.of("set by JUnit");

  private JdbcStore store;

  @BeforeEach
  void open() {
    store = JdbcStore.sqlite(MigratedFile.at(file()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind = 'said_v2'",
        "kind = ''",
        "kind = x'00ff'",
        "kind = 'notified', body = '{\"notice\":\"SOMETHING_NEW\",\"arguments\":{}}'",
        "kind = 'notified', body = '{\"notice\":null}'",
        "kind = 'pressed', body = json_set(body, '$.button', 'SHINY')",
        "kind = 'rated', body = json_set(body, '$.score', 1e30)",
        "kind = 'edited', body = json_set(body, '$.target', 'x')",
        "kind = 'announced', body = json_set(body, '$.topic', 'WEATHER')",
        "body = json_set(body, '$.buttons', json('[\"SHINY\"]'))",
        "body = json_set(body, '$.v', 2)",
        "body = json_set(body, '$.author.role', 'ROBOT')",
        "body = json_set(body, '$.text', null)",
        "body = json_set(body, '$.text', 7)",
        "body = json_set(body, '$.attachments', json('[{\"id\":\"a\"}]'))",
        "body = json_set(body, '$.articles', json('[7]'))",
        "body = json_remove(body, '$.author')",
        "body = '{\"text\": \"" + CANARY + "'",
        "body = ''",
        "body = '[]'",
        "body = 'null'",
        "body = x'ff00fe'",
        "body = char(0)"
      })
  void an_entry_is_shown_as_unreadable_and_no_other_entry_is_concerned(String damage)
      throws SQLException {
    TranscriptEntry bad = append(1, Destination.CUSTOMER, CANARY);
    TranscriptEntry next = append(1, Destination.CUSTOMER, "next");
    TranscriptEntry other = append(2, Destination.CUSTOMER, "other");
    execute("update message set " + damage + " where id = " + bad.id().value());

    List<TranscriptEntry> transcript =
        store.read(it -> it.transcript(bad.conversation(), new EntryId(0), 10));
    assertThat(transcript).extracting(TranscriptEntry::id).containsExactly(bad.id(), next.id());
    assertThat(transcript.get(0).content())
        .isInstanceOfSatisfying(
            EntryContent.Unreadable.class,
            it -> assertThat(it.reason()).isNotBlank().doesNotContain(CANARY));
    assertThat(transcript.get(1)).isEqualTo(next);
    assertThatList(store.read(it -> it.latestEntries(bad.conversation(), 10)))
        .isEqualTo(transcript);
    assertThatOptional(store.<Optional<TranscriptEntry>>read(it -> it.entry(bad.id())))
        .contains(transcript.get(0));

    List<Claim> claims = store.write(it -> it.claim(WEB, NOW, NOW.plusSeconds(60), "me", 10));
    assertThat(claims).extracting(Claim::head).containsExactly(transcript.get(0), other);
    assertThat(store.health().ready()).isTrue();
  }

  @Test
  void a_lane_whose_head_has_no_row_is_claimed_parked_and_skipped_like_an_unreadable_one()
      throws SQLException {
    TranscriptEntry bad = append(1, Destination.CUSTOMER, CANARY);
    TranscriptEntry next = append(1, Destination.CUSTOMER, "next");
    TranscriptEntry other = append(2, Destination.CUSTOMER, "other");
    execute("delete from message where id = " + bad.id().value());

    List<Claim> claims = store.write(it -> it.claim(WEB, NOW, NOW.plusSeconds(60), "me", 10));
    assertThat(claims).extracting(Claim::lane).containsExactly(laneOf(bad), laneOf(other));
    Claim missing = claims.get(0);
    assertThat(missing.head().sequence()).isEqualTo(bad.sequence());
    assertThat(missing.head().content()).isInstanceOf(EntryContent.Unreadable.class);

    store.write(it -> it.settle(
        laneOf(bad), missing.epoch(), bad.sequence(), new Settlement.Park("lost", false), NOW));
    assertThatList(store.read(it -> it.parkedLanes(Optional.empty(), 10)))
        .extracting(Lane::key)
        .containsExactly(laneOf(bad));
    assertThat(store.<Boolean>write(it -> it.skip(laneOf(bad), ANN, NOW))).isTrue();
    assertThatList(store.write(it -> it.claim(WEB, NOW, NOW.plusSeconds(60), "me", 10)))
        .extracting(Claim::head)
        .containsExactly(next);
  }

  @Test
  void an_entry_without_a_row_behind_a_delivered_one_does_not_take_the_delivery_back()
      throws SQLException {
    TranscriptEntry first = append(1, Destination.CUSTOMER, "first");
    TranscriptEntry bad = append(1, Destination.CUSTOMER, CANARY);
    execute("delete from message where id = " + bad.id().value());
    Claim claim =
        store.write(it -> it.claim(WEB, NOW, NOW.plusSeconds(60), "me", 10)).get(0);

    Settled settled = store.write(it -> it.settle(
        laneOf(first),
        claim.epoch(),
        first.sequence(),
        new Settlement.Done(Optional.of("shown"), NOW.plusSeconds(60)),
        NOW));

    assertThat(settled)
        .isInstanceOfSatisfying(
            Settled.Next.class,
            it -> assertThat(it.head().content()).isInstanceOf(EntryContent.Unreadable.class));
    assertThatOptional(store.<Optional<TranscriptEntry>>read(it -> it.entry(first.id())))
        .flatMap(TranscriptEntry::externalId)
        .contains("shown");
  }

  private static LaneKey laneOf(TranscriptEntry entry) {
    return new LaneKey(entry.conversation(), entry.destination());
  }

  @Test
  void an_announcement_is_shown_as_unreadable() throws SQLException {
    store.write(it -> it.append(
        LaneKey.ANNOUNCEMENTS.conversation(),
        Destination.ANNOUNCEMENT,
        Optional.of(WEB),
        said("news"),
        Optional.empty(),
        NOW));
    execute("update message set kind = 'announced_v2'");

    assertThatList(store.read(it -> it.announcements(new EntryId(0), 10)))
        .singleElement()
        .satisfies(it -> assertThat(it.content()).isInstanceOf(EntryContent.Unreadable.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data = json_set(data, '$.v', 2)",
        "data = '{'",
        "data = ''",
        "data = x'00'",
        "data = json_set(data, '$.handling', null)",
        "data = json_remove(data, '$.route')",
        "data = json_set(data, '$.route.to', 'ROBOT')",
        "data = json_set(data, '$.resolution', 'PERHAPS')",
        "data = json_set(data, '$.lastActivityAt', 'now')",
        "data = json_set(data, '$.case', 'x')",
        "address_key = ''",
        "channel = ''"
      })
  void a_conversation_is_left_out_of_lists_and_the_page_is_filled(String damage)
      throws SQLException {
    List<Conversation> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(conversation("address " + i));
    }
    ConversationId bad = all.get(1).id();
    execute("update conversation set " + damage + " where id = " + bad.value());

    ConversationFilter waiting = ConversationFilter.in(ConversationState.WAITING);
    List<Conversation> page = store.read(it -> it.conversations(waiting, Optional.empty(), 2));
    assertThat(page)
        .extracting(Conversation::id)
        .containsExactly(all.get(0).id(), all.get(2).id());
    assertThatList(store.read(it -> it.waiting(Optional.empty(), 10)))
        .extracting(Conversation::id)
        .doesNotContain(bad)
        .hasSize(4);
    assertThatList(store.read(it -> it.conversationsDue(NOW.plusSeconds(60), 10)))
        .as("its timer fails alone")
        .contains(bad, all.get(4).id());
    assertThatThrownBy(() -> store.read(it -> it.conversation(bad)))
        .isInstanceOf(BadData.class)
        .hasMessageContaining("conversation " + bad);
    assertThatThrownBy(() -> store.write(it -> it.conversation(bad))).isInstanceOf(BadData.class);
    assertThat(store.health().ready()).as("one row is not an outage").isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data = json_set(data, '$.v', 2)",
        "data = 'no json'",
        "kind = 'WISH'",
        "status = 'LOST'",
        "data = json_set(data, '$.priority', 'SOON')",
        "data = json_set(data, '$.tags', json('[1]'))",
        "data = json_set(data, '$.assignee', json('{\"role\":\"ROBOT\"}'))"
      })
  void a_case_is_left_out_of_lists_and_the_one_before_it_is_the_latest(String damage)
      throws SQLException {
    CaseNumber older = supportCase();
    CaseNumber bad = supportCase();
    execute("update support_case set " + damage + " where number = " + bad.value());

    assertThatList(store.read(it -> it.cases(CaseFilter.any(), Optional.empty(), 1)))
        .extracting(SupportCase::number)
        .containsExactly(older);
    assertThatOptional(store.<Optional<SupportCase>>read(it -> it.latestCase(new CustomerId(1))))
        .map(SupportCase::number)
        .contains(older);
    assertThatThrownBy(() -> store.read(it -> it.supportCase(bad)))
        .isInstanceOf(BadData.class)
        .hasMessageContaining("case " + bad.value());
  }

  @Test
  void a_note_and_a_change_of_a_case_are_left_out_of_lists() throws SQLException {
    CaseNumber number = supportCase();
    store.write(it -> it.addNote(number, ANN, NOW, "first"));
    store.write(it -> it.addNote(number, ANN, NOW, "second"));
    store.write(it -> {
      it.addHistory(
          List.of(new SupportCase.CaseHistoryEntry(number, NOW, ANN, "status", "NEW", "OPEN")));
      return true;
    });
    execute("update case_note set author_role = 'ROBOT' where id = 1");
    execute("update case_history set actor_role = 'ROBOT'");

    assertThatList(store.read(it -> it.notes(number, 10)))
        .extracting(SupportCase.CaseNote::text)
        .containsExactly("second");
    assertThatList(store.read(it -> it.history(number, 10))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"data = '{}'", "data = json_set(data, '$.v', 3)", "data = x'80'", "channel = ''"})
  void a_customer_that_cannot_be_read_is_named(String damage) throws SQLException {
    store.write(it -> {
      it.save(new Customer(
          it.newCustomerId(),
          WEB,
          CANARY,
          CANARY,
          Locale.ENGLISH,
          Set.of(),
          Optional.empty(),
          NOW));
      return true;
    });
    execute("update customer set " + damage);

    assertThatThrownBy(() -> store.read(it -> it.customer(new CustomerId(1))))
        .isInstanceOf(BadData.class)
        .hasMessageContaining("customer 1")
        .satisfies(it -> assertThat(it.toString()).doesNotContain(CANARY));
  }

  @Test
  void a_position_without_an_address_is_left_out() throws SQLException {
    store.write(it -> {
      it.savePosition(new CustomerAddress(WEB, "a"), "7", NOW);
      return true;
    });
    execute("insert into channel_position values ('web', '', '9', 0)");

    assertThatList(store.read(it -> it.positions(WEB)))
        .containsExactly(new ChannelPosition(new CustomerAddress(WEB, "a"), "7"));
  }

  @Test
  void a_token_that_cannot_be_read_logs_nobody_in() throws SQLException {
    store.tokens().add(token("h1"));
    store.tokens().add(token("h2"));
    execute("update access_token set attributes = '{' where hash = 'h1'");

    assertThat(store.tokens().find("h1")).isEmpty();
    assertThat(store.tokens().of(AccessToken.Kind.API_TOKEN, "ann"))
        .extracting(AccessToken::hash)
        .containsExactly("h2");
  }

  @Test
  void a_change_that_contradicts_what_is_stored_is_no_outage() {
    conversation("a");

    assertThatThrownBy(() -> conversation("a")).isInstanceOf(BadData.class);

    assertThat(store.health().ready()).isTrue();
    assertThat(conversation("b").version()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "\uD83C", "\uDFAE lone", "\uFFFF"})
  void characters_that_are_no_text_everywhere_are_stored_and_read(String text) {
    TranscriptEntry entry = append(1, Destination.CUSTOMER, text);
    CaseNumber number = supportCase();
    store.write(it -> it.addNote(number, ANN, NOW, text));

    assertThatOptional(store.<Optional<TranscriptEntry>>read(it -> it.entry(entry.id())))
        .hasValueSatisfying(it -> assertThat(it.content()).isInstanceOf(EntryContent.Said.class));
    assertThatList(store.read(it -> it.notes(number, 10)))
        .extracting(CaseNote::text)
        .containsExactly(Cut.wellFormed(text));
    assertThatList(store.write(it -> it.claim(WEB, NOW, NOW.plusSeconds(60), "me", 10)))
        .hasSize(1);
  }

  /** With a generic type, the overload of {@code assertThat} would be ambiguous. */
  private static <T> OptionalAssert<T> assertThatOptional(Optional<T> actual) {
    return Assertions.assertThat(actual);
  }

  private TranscriptEntry append(long conversation, Destination destination, String text) {
    return store.write(it -> it.append(
        new ConversationId(conversation),
        destination,
        Optional.of(WEB),
        said(text),
        Optional.empty(),
        NOW));
  }

  private static EntryContent said(String text) {
    return new EntryContent.Said(ANN, MessageBody.text(text));
  }

  private Conversation conversation(String address) {
    return store.write(it -> it.save(new Conversation(
        it.newConversationId(),
        new CustomerId(7),
        new CustomerAddress(WEB, address),
        Locale.ENGLISH,
        new Handling.Waiting(QUEUE, new PortId("desk"), NOW),
        new Route("rule", Route.ServedBy.LIVE_AGENT, QUEUE, CasePriority.HIGH, Set.of()),
        Optional.of(new CaseNumber(1042)),
        Resolution.ANSWERED,
        NOW,
        NOW,
        Optional.of(NOW),
        0)));
  }

  private CaseNumber supportCase() {
    return store
        .write(it -> it.save(new SupportCase(
            it.newCaseNumber(),
            CaseKind.SUPPORT,
            CaseStatus.OPEN,
            CasePriority.HIGH,
            "subject",
            "description",
            Map.of(),
            Set.of("tag"),
            QUEUE,
            Optional.of(ANN),
            new CustomerId(1),
            List.of(),
            Optional.empty(),
            NOW,
            NOW,
            Optional.empty(),
            Optional.empty(),
            0)))
        .number();
  }

  private static AccessToken token(String hash) {
    return new AccessToken(
        hash, AccessToken.Kind.API_TOKEN, "ann", Map.of(), NOW, NOW, NOW.plusSeconds(60));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private Path file() {
    return folder.resolve("relay.db");
  }
}
