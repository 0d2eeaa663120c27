package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Capabilities;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.embed.CallbackChannel;
import dev.relay.core.embed.CallbackDesk;
import dev.relay.core.engine.Engine;
import dev.relay.core.engine.EngineParts;
import dev.relay.core.engine.Machine;
import dev.relay.core.engine.Ports;
import dev.relay.core.engine.commit.Scheduling;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.operations.Settings;
import dev.relay.core.routing.Route;
import dev.relay.core.store.Transaction;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.jdbc.file.Database;
import dev.relay.jdbc.file.LogGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a message costs the database, counted with {@value #OPEN} open conversations: statements, pages that a commit writes to the log,
 * and commits. Everything runs in one thread, so that the figures are the same on every machine. They may fall; a change that makes one of
 * them rise fails here.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WriteCostTest {
  private static final int OPEN = 10_000;
  private static final int GROUP = 64;
  private static final int GROUPS = 4;
  private static final int ALONE = 16;
  /** Takes the customers in an order in which neighbours are far apart; has no divisor in common with {@value #OPEN}. */
  private static final int STRIDE = 7_919;

  private static final PortId WEB = new PortId("web");
  private static final PortId ROBOT = new PortId("virtual-agent");
  private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir
  static Path folder;

  private static Path template;

  private final Steps steps = new Steps();
  private CountingDatabase counted;
  private JdbcStore store;
  private Engine engine;
  private Instant now = BEGIN;
  private int written;
  private int nextCustomer;
  private int shown;

  /** Creates a database with one customer who has asked something and was answered, and copies that customer. */
  @BeforeAll
  static void createDatabase() throws SQLException {
    template = folder.resolve("template.db");
    // Beside a server that is not there: no thread indexes words meanwhile.
    try (JdbcStore first = JdbcStore.openBeside(
        JdbcStore.Address.of(template), InstantSource.fixed(BEGIN), new Random(1))) {
      first.write(WriteCostTest::begin);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + template)) {
      connection.setAutoCommit(false);
      execute(
          connection,
          "update lane set done_seq = last_seq, ready_at = null, head_at = null, epoch = 1");
      String key = "'user-' || n";
      copy(connection, "customer", Map.of("id", "n", "external_id", key));
      copy(
          connection,
          "conversation",
          Map.of(
              "id",
              "n",
              "customer_id",
              "n",
              "address_key",
              key,
              "opened_at",
              "opened_at - n",
              "wake_at",
              "opened_at + 86400000 - n"));
      copy(connection, "lane", Map.of("conv_id", "n"));
      copy(connection, "message", Map.of("id", "2 * n + id", "conv_id", "n"));
      execute(
          connection,
          "update counter set value = " + OPEN + " where name in ('customer', 'conversation')");
      connection.commit();
    }
  }

  /** Copies the rows of the first customer for every other one, whose number is {@code n}. */
  private static void copy(Connection connection, String table, Map<String, String> expressions)
      throws SQLException {
    List<String> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select name from pragma_table_info('" + table + "')")) {
      while (rows.next()) {
        columns.add(rows.getString(1));
      }
    }
    String values = columns.stream()
        .map(it -> expressions.getOrDefault(it, it))
        .collect(Collectors.joining(", "));
    execute(
        connection,
        "with recursive number (n) as (select 2 union all select n + 1 from number where n < "
            + OPEN + ") insert into " + table + " (" + String.join(", ", columns) + ") select "
            + values
            + " from number cross join (select * from " + table + ")");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @BeforeEach
  void open() throws IOException {
    Path path = Files.createTempFile(folder, "relay", ".db");
    Files.copy(template, path, StandardCopyOption.REPLACE_EXISTING);
    counted = new CountingDatabase("jdbc:sqlite:" + path);
    Database database = counted.database();
    LogGate gate = new LogGate();
    store = new JdbcStore(
        database,
        Optional.empty(),
        gate,
        new Readers(database, gate, Readers.Kind.LOOK_UPS),
        InstantSource.system(),
        new Random(1));
    engine = new Engine(new EngineParts(
        store,
        new Ports(
            List.of(CallbackChannel.named("web")
                .capabilities(Capabilities.all(4_000))
                .delivering(delivery -> {
                  shown++;
                  return DeliveryResult.delivered();
                })),
            List.of(CallbackDesk.named("desk").delivering(it -> DeliveryResult.delivered())),
            new Echo(),
            Optional.empty()),
        Settings.defaults(),
        NoticeTexts.shipped(),
        List.of(),
        new Machine(() -> now, new Random(1), Optional.of(steps), "one")));
  }

  @AfterEach
  void close() {
    engine.stop(Duration.ZERO);
    store.close();
  }

  @Test
  void an_acknowledged_message_costs_no_more_than_this() {
    writeOneMessage();

    Cost alone = costOf(1, ALONE);
    Cost grouped = costOf(GROUP, GROUPS);
    nextCustomer = 0;
    Cost aloneAgain = costOf(1, ALONE);
    Cost groupedAgain = costOf(GROUP, GROUPS);

    assertThat(shown).as("nothing is delivered meanwhile").isZero();
    aloneAgain.assertAtMost("acknowledged alone, of a customer who wrote before", 6, 8.9, 1);
    groupedAgain.assertAtMost(
        "acknowledged in groups, of customers who wrote before", 1.08, 4.0, 1.0 / GROUP);
    alone.assertAtMost("acknowledged alone", 8, 9.3, 1);
    grouped.assertAtMost("acknowledged in groups", 1.11, 3.95, 1.0 / GROUP);
  }

  @Test
  void a_question_and_its_answer_cost_no_more_than_this() {
    engine.start();
    writeOneMessage();

    Cost alone = costOf(1, ALONE);
    Cost grouped = costOf(GROUP, GROUPS);

    assertThat(shown).as("every question is answered").isEqualTo(1 + ALONE + GROUP * GROUPS);
    alone.assertAtMost("question and answer alone", 25, 17.8, 3);
    grouped.assertAtMost("question and answer in groups", 13.82, 8.8, 0.11);
  }

  /** The first message after the start costs what the writer learns once: the last number of the entries, whether a lane is parked. */
  private void writeOneMessage() {
    var unused = engine.services().intake().submit(message(written++, OPEN - 1));
    steps.runAll();
  }

  /** The cost of one message. */
  private record Cost(Map<String, Double> statements, double pages, double commits) {
    void assertAtMost(
        String what, double statementsAtMost, double pagesAtMost, double commitsAtMost) {
      double executed =
          statements.values().stream().mapToDouble(Double::doubleValue).sum();
      System.out.printf(
          Locale.ROOT,
          "%s: %.3f statements, %.3f pages, %.4f commits%n",
          what,
          executed,
          pages,
          commits);
      String each = String.join(
          "\n",
          statements.entrySet().stream()
              .map(it -> String.format(Locale.ROOT, "%.3f x %s", it.getValue(), it.getKey()))
              .toList());
      assertThat(executed)
          .as("statements, %s:%n%s", what, each)
          .isLessThanOrEqualTo(statementsAtMost);
      assertThat(pages).as("pages, %s", what).isLessThanOrEqualTo(pagesAtMost);
      assertThat(commits).as("commits, %s", what).isLessThanOrEqualTo(commitsAtMost);
    }
  }

  /** Lets customers write, as many at once as a group has, and lets everything happen that follows. */
  private Cost costOf(int group, int groups) {
    Map<String, Long> statements = counted.statements();
    long pages = counted.pages();
    long commits = counted.commits();
    for (int round = 0; round < groups; round++) {
      now = now.plusMillis(37);
      List<CompletableFuture<IntakeResult>> answers = new ArrayList<>();
      for (int each = 0; each < group; each++) {
        answers.add(engine.services().intake().submit(message(written++, nextCustomer++)));
      }
      steps.runAll();
      assertThat(answers).allMatch(it -> it.join() instanceof IntakeResult.Accepted);
    }
    double messages = group * groups;
    Map<String, Long> after = counted.statements();
    statements.forEach((sql, count) -> after.merge(sql, -count, Long::sum));
    after.values().removeIf(count -> count == 0);
    Map<String, Double> each = new TreeMap<>();
    after.forEach((sql, count) -> each.put(sql, count / messages));
    return new Cost(
        each, (counted.pages() - pages) / messages, (counted.commits() - commits) / messages);
  }

  private static CustomerEvent.CustomerWrote message(int number, int customer) {
    String key = "user-" + (1 + customer * STRIDE % OPEN);
    return new CustomerEvent.CustomerWrote(
        Origin.of(
            new EventKey("web", "message-" + number),
            new CustomerAddress(WEB, key),
            new CustomerProfile(key, "Somebody", Locale.ENGLISH, Set.of())),
        Optional.of("message-" + number),
        MessageBody.text("How do I reset my password? " + number));
  }

  private static Conversation begin(Transaction transaction) {
    String key = "user-1";
    Customer customer = new Customer(
        transaction.newCustomerId(),
        WEB,
        key,
        "Somebody",
        Locale.ENGLISH,
        Set.of(),
        Optional.empty(),
        BEGIN);
    transaction.save(customer);
    Conversation conversation = transaction.save(Conversation.begin(
        transaction.newConversationId(),
        customer.id(),
        new CustomerAddress(WEB, key),
        Locale.ENGLISH,
        Route.FALLBACK,
        BEGIN));
    transaction.append(
        conversation.id(),
        Destination.VIRTUAL_AGENT,
        Optional.of(ROBOT),
        new EntryContent.Said(customer.asParticipant(), MessageBody.text("Hello?")),
        Optional.of("first"),
        BEGIN);
    transaction.append(
        conversation.id(),
        Destination.CUSTOMER,
        Optional.of(WEB),
        new EntryContent.Said(
            new Participant(Participant.Role.VIRTUAL_AGENT, "echo", "Echo"),
            MessageBody.text("Hello. How can I help?")),
        Optional.empty(),
        BEGIN);
    return conversation;
  }

  private static final class Echo implements VirtualAgent {
    @Override
    public String displayName(Locale locale) {
      return "Echo";
    }

    @Override
    public Answer answer(Turn turn) {
      return new Answer.Replied(
          List.of(MessageBody.text("You asked: " + turn.text())), Answer.Outcome.CHATTED, 1);
    }
  }

  /** Runs all tasks in this thread, in the order in which they were submitted. Timers never fire. */
  private static final class Steps implements Scheduling {
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    void runAll() {
      Runnable task;
      while ((task = tasks.poll()) != null) {
        task.run();
      }
    }

    @Override
    public Executor executor(String name, int threads) {
      return tasks::add;
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
      return () -> {};
    }

    @Override
    public void close(Duration grace) {
      tasks.clear();
    }
  }
}
