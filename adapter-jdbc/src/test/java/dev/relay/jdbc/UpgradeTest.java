package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;

import dev.relay.core.Relay;
import dev.relay.core.access.AgentAccount;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Handling;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.embed.CallbackChannel;
import dev.relay.core.embed.CallbackDesk;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.memory.InMemoryKnowledgeBase;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.Queries.Search;
import dev.relay.core.store.Queries.Search.Subject;
import dev.relay.core.store.Queries.Search.Words;
import dev.relay.core.team.Team;
import dev.relay.testkit.Eventually;
import dev.relay.testkit.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of an earlier version is upgraded to this one and keeps its data. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpgradeTest {
  private static final String DORA = "0NMCyh7svA7sasvbV08B";
  private static final ConversationId WAITING = new ConversationId(2);
  private static final ConversationId WITH_AGENT = new ConversationId(3);
  private static final ConversationId RETURNED = new ConversationId(3);
  private static final Instant WHEN_THE_TEAM_WAS_LEFT = Instant.parse("2026-11-30T05:55:00Z");
  private static final Instant WHEN_IT_WAS_KILLED = Instant.parse("2026-11-30T02:45:24Z");

  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void files_and_positions_of_the_first_version_are_kept() throws Exception {
    Path file = folder.resolve("relay.db");
    String url = "jdbc:sqlite:" + file;
    Flyway.configure()
        .dataSource(url, "", "")
        .locations("classpath:db/migration/sqlite")
        .target("1")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "insert into attachment values" + " ('a', 'someone', 'map.png', 'image/png', 0, 1, 1)");
      statement.executeUpdate("insert into agent_account values ('ann', 'Ann', 'hash', 0, 0)");
      statement.executeUpdate("insert into channel_position values ('discord', '5', '7/9')");
      statement.executeUpdate("insert into conversation (id, channel, address_key, customer_id,"
          + " state, opened_at, version, data) values (1, 'web', 'x', 1, 'BOT', 0, 1, '{}')");
      for (String body : List.of(
          "{\"attachments\":[{\"id\":\"a\"}]}",
          "{\"attachments\":[7,\"x\",{},{\"id\":null}]}",
          "{\"attachments\":\"x\"}",
          "{",
          "")) {
        statement.executeUpdate("insert into message (conv_id, destination, seq, at, kind, body)"
            + " values (1, 0, 0, 0, 'said', '" + body + "')");
        statement.executeUpdate("insert into message (conv_id, destination, seq, at, kind, body)"
            + " values (1, 0, 0, 0, 'deleted', '" + body + "')");
      }
      statement.executeUpdate("insert into support_case (number, customer_id, kind, status,"
          + " updated_at, version, searchable, data) values (1001, 1, 'BUG', 'NEW', 0, 1,"
          + " '#1001 the door is stuck', '{\"priority\":\"LOW\",\"subject\":\"s\","
          + "\"description\":\"d\",\"queue\":\"q\",\"createdAt\":0}')");
    }

    try (JdbcStore store = JdbcStore.sqlite(file)) {
      assertThat(store.attachments().removeUnreferenced(Instant.now(), 100)).isZero();
      assertThat(store.attachments().find("a")).isPresent();
      AgentAccount ann = store.accounts().find("ann").orElseThrow();
      assertThat(ann.role()).as("who could do everything").isEqualTo(AgentAccount.Role.ADMIN);
      assertThat(ann.capacity()).isEqualTo(AgentAccount.DEFAULT_CAPACITY);
      List<ChannelPosition> positions =
          store.read(queries -> queries.positions(new PortId("discord")));
      boolean isShown =
          store.read(queries -> queries.isShown("a", new CustomerAddress(new PortId("web"), "x")));
      assertThat(isShown).as("the file of an old message").isTrue();
      CaseFilter stuck = new CaseFilter(
          Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("STUCK"));
      List<SupportCase> found = store.search(queries -> queries.cases(stuck, Optional.empty(), 10));
      assertThat(found).as("an old case").hasSize(1);
      CaseFilter others =
          CaseFilter.any().within(new Team.Scope(Set.of(new QueueName("q")), "ann"));
      assertThatList(store.read(queries -> queries.cases(others, Optional.empty(), 10)))
          .as("for those who do not work in its queue")
          .isEmpty();
      assertThat(positions).extracting(ChannelPosition::position).containsExactly("7/9");
    }
  }

  /**
   * The file that a server of schema 6 left behind when it was killed: one conversation with the virtual agent, one waiting, one with
   * a live agent, two ended; their cases solved, pending, open and new.
   */
  @Test
  void the_conversations_that_a_killed_server_left_go_on_after_the_upgrade() throws Exception {
    Path file = unpacked("v6.db.gz");
    BlockingQueue<String> customersRead = new LinkedBlockingQueue<>();
    BlockingQueue<String> agentsRead = new LinkedBlockingQueue<>();
    CallbackChannel web = CallbackChannel.named("web")
        .sending((customer, text) -> customersRead.add(customer + " <- " + text));
    CallbackDesk desk = CallbackDesk.named("relay")
        .sending((conversation, text) -> agentsRead.add(conversation + ": " + text));
    try (JdbcStore store = JdbcStore.sqlite(file)) {
      assertThat(states(store)).containsExactly("BOT", "WAITING", "LIVE", "CLOSED", "CLOSED");
      assertThat(caseStatuses(store)).containsExactly("NEW", "OPEN", "SOLVED", "PENDING");
      assertThat(textsOf(store, WITH_AGENT))
          .contains("How do I get a refund?", "Hello Dora, I am looking into it.");
      assertThat(store.accounts().all())
          .extracting(AgentAccount::displayName)
          .containsExactly("Ann Lee", "Ben Ortiz");

      Relay relay = Relay.builder()
          .store(store)
          .clock(new SettableClock(WHEN_IT_WAS_KILLED))
          .knowledgeBase(new InMemoryKnowledgeBase(List.of()))
          .channel(web)
          .desk(desk)
          .build();
      relay.start();
      try {
        accepted(web.received(DORA, "new-1", "Is there any news?"));
        accepted(desk.said(WITH_AGENT, Participant.agent("ann", "Ann Lee"), "Yes: it is paid."));
        accepted(desk.joined(WAITING, Participant.agent("ben", "Ben Ortiz")));
        assertThat(agentsRead.poll(30, TimeUnit.SECONDS))
            .as("nothing that was delivered before is delivered again")
            .isEqualTo("3: Dora: Is there any news?");
        Eventually.holds("both customers hear from their agent", () -> customersRead.size() >= 2);
        assertThat(customersRead).anyMatch(it -> it.equals(DORA + " <- Ann Lee: Yes: it is paid."));
      } finally {
        relay.stop(Duration.ofSeconds(5));
      }
    }
  }

  /**
   * The file that a server of schema 13 left behind when it was killed: two customers waiting, of whom one was returned to the queue, one who
   * was asked whether the matter is solved, one case pending with a message planned, and one customer who could not be reached.
   */
  @Test
  void what_a_team_had_begun_when_its_server_was_killed_goes_on_after_the_upgrade()
      throws Exception {
    Path file = unpacked("v13.db.gz");
    BlockingQueue<String> customersRead = new LinkedBlockingQueue<>();
    CallbackChannel web = CallbackChannel.named("web")
        .sending((customer, text) -> customersRead.add(customer + " <- " + text));
    CallbackDesk desk = CallbackDesk.named("relay").sending((conversation, text) -> {});
    SettableClock clock = new SettableClock(WHEN_THE_TEAM_WAS_LEFT.plusSeconds(30));
    try (JdbcStore store = JdbcStore.sqlite(file)) {
      assertThat(states(store)).containsExactly("WAITING", "LIVE", "WAITING", "CLOSED", "WAITING");
      assertThat(caseStatuses(store)).containsExactly("NEW", "OPEN", "OPEN", "PENDING");
      assertThat(store
              .workspace()
              .drafts()
              .find("ann", "conversation:2")
              .orElseThrow()
              .text())
          .isEqualTo("Dear Eli,");
      assertThat(store
              .read(queries -> queries.conversation(RETURNED))
              .orElseThrow()
              .handling())
          .isInstanceOfSatisfying(
              Handling.Waiting.class,
              waiting -> assertThat(waiting.since())
                  .as("the place of the customer who was returned")
                  .isEqualTo(Instant.parse("2026-11-30T05:52:00Z")));
      assertThatList(store.read(queries -> queries.notes(new CaseNumber(1004), 10)))
          .hasSize(1);
      Search locksmith =
          new Search(Words.of("locksmith"), Subject.CASES, Team.Scope.ALL, Optional.empty(), 10);
      assertThatList(store.search(queries -> queries.search(locksmith)).hits()).hasSize(1);

      Relay relay = Relay.builder()
          .store(store)
          .clock(clock)
          .knowledgeBase(new InMemoryKnowledgeBase(List.of()))
          .channel(web)
          .desk(desk)
          .build();
      relay.start();
      try {
        Eventually.holds(
            "who could not be reached is",
            () -> customersRead.stream().anyMatch(it -> it.startsWith("hana <- ")));
        accepted(desk.joined(new ConversationId(1), Participant.agent("ben", "Ben Ortiz")));
        accepted(web.received("eli", "eli-3", "yes"));
        Eventually.holds(
            "the question whether it is solved is answered",
            () -> store
                .read(queries -> queries.supportCase(new CaseNumber(1002)))
                .filter(it -> it.status() == CaseStatus.SOLVED)
                .isPresent());
        clock.set(WHEN_THE_TEAM_WAS_LEFT.plus(Duration.ofHours(1)));
        Eventually.holds(
            "the planned message is written",
            () -> customersRead.contains("gus <- Ben Ortiz: Has the locksmith come?"));
      } finally {
        relay.stop(Duration.ofSeconds(5));
      }
      assertThat(customersRead).noneMatch(it -> it.contains("He has called twice"));
      assertThat(customersRead)
          .as("what was delivered before")
          .noneMatch(it -> it.contains("I am looking into it"));
    }
  }

  private Path unpacked(String name) throws IOException {
    Path file = folder.resolve("relay.db");
    try (InputStream packed = UpgradeTest.class.getResourceAsStream(name);
        InputStream database = new GZIPInputStream(packed)) {
      Files.copy(database, file);
    }
    return file;
  }

  private static void accepted(CompletableFuture<IntakeResult> result) {
    assertThat(result.join()).isInstanceOf(IntakeResult.Accepted.class);
  }

  private static List<String> states(JdbcStore store) {
    return LongStream.rangeClosed(1, 5)
        .mapToObj(id -> store.read(queries -> queries.conversation(new ConversationId(id))))
        .map(it -> it.orElseThrow().state().name())
        .toList();
  }

  private static List<String> caseStatuses(JdbcStore store) {
    return LongStream.rangeClosed(1001, 1004)
        .mapToObj(number -> store.read(queries -> queries.supportCase(new CaseNumber(number))))
        .map(it -> it.orElseThrow().status().name())
        .toList();
  }

  private static List<String> textsOf(JdbcStore store, ConversationId conversation) {
    return store.read(queries -> queries.latestEntries(conversation, 100)).stream()
        .map(TranscriptEntry::content)
        .filter(EntryContent.Said.class::isInstance)
        .map(it -> ((EntryContent.Said) it).body().text())
        .toList();
  }
}
