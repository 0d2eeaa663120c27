package dev.relay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.DeliveryFailure;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.Store;
import dev.relay.jdbc.JdbcStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeadLettersCommandTest {
  private static final String SECRET = "my password is tiger";
  private static final PortId DISCORD = new PortId("discord");
  private static final PortId SMS = new PortId("sms");
  private static final LaneKey FIRST = customer(1);
  private static final LaneKey SECOND = customer(2);
  private static final LaneKey THIRD = customer(3);

  @TempDir
  Path folder = Path.of("set by JUnit");

  private final CommandRun commands = new CommandRun();

  @BeforeEach
  void three_dead_letters() {
    try (Store store = store()) {
      park(store, FIRST, DISCORD, "Cannot send to this user", said(), said());
      park(store, SECOND, DISCORD, "Missing access", new EntryContent.Notified(opened()));
      park(store, THIRD, SMS, "Cannot send:\n21610", said());
    }
  }

  @Test
  void are_listed_with_all_that_an_operator_needs_and_no_text() {
    assertThat(run("list")).isZero();

    assertThat(out().lines())
        .map(line -> line.replaceAll("\\t\\d{4}-[^\\t]*Z\\t", "\tTIME\t"))
        .containsExactly(
            "1-customer\tdiscord\tsaid\tTIME\t1\tCannot send to this user",
            "2-customer\tdiscord\tnotified case-opened\tTIME\t0\tMissing access",
            "3-customer\tsms\tsaid\tTIME\t0\tCannot send: 21610");
    assertThat(out() + err()).doesNotContain("tiger");
  }

  @Test
  void are_listed_by_port_and_reason() {
    run("list", "--port", "discord", "--reason", "cannot");
    assertThat(ids()).containsExactly("1-customer");

    run("list", "--reason", "CANNOT SEND");
    assertThat(ids()).containsExactly("1-customer", "3-customer");

    run("list", "--port", "web");
    assertThat(out()).isEqualTo("No dead letter matches.\n");
  }

  @Test
  void are_retried_by_port_by_reason_by_id_or_all() {
    assertThat(run("retry", "--port", "sms")).isZero();
    assertThat(out()).startsWith("Dead letters to be retried: 1. A running server attempts them");
    assertThat(parked()).containsExactly(FIRST, SECOND);

    run("retry", "--reason", "missing");
    assertThat(parked()).containsExactly(FIRST);

    run("retry", "1-customer");
    assertThat(parked()).isEmpty();
    assertThat(lane(FIRST).readyAt()).isPresent();
    assertThat(lane(FIRST).depth()).isEqualTo(2);

    run("list");
    assertThat(out()).isEqualTo("There are no dead letters.\n");
  }

  @Test
  void are_skipped_with_a_record_of_who_did_it() {
    assertThat(run("skip", "--all")).isZero();

    assertThat(out()).startsWith("Entries skipped: 3.");
    assertThat(parked()).isEmpty();
    assertThat(lane(FIRST).depth()).as("the entry behind it").isEqualTo(1);
    try (Store store = store()) {
      List<DeliveryFailure> failures = store.read(queries -> queries.failures(FIRST, 10));
      assertThat(failures)
          .extracting(DeliveryFailure::toString)
          .anyMatch(
              text -> text.contains("reason=command line: " + System.getProperty("user.name")));
    }
  }

  @Test
  void are_not_changed_without_a_choice_or_under_a_wrong_id() {
    assertThat(run("skip")).isEqualTo(2);
    assertThat(err()).contains("Name the deliveries, or choose them by --port or --reason");
    assertThat(run("retry", "--all", "1-customer")).isEqualTo(2);
    assertThat(run("retry", "first")).isEqualTo(2);
    assertThat(err()).contains("DELIVERY is \"first\": expected an id from the list");
    assertThat(run("retry", "7-customer")).isEqualTo(1);
    assertThat(err()).contains("There is no dead letter 7-customer.");
    assertThat(parked()).containsExactly(FIRST, SECOND, THIRD);
  }

  private int run(String... arguments) {
    return commands.run(
        Map.of("RELAY_DATABASE_URL", "jdbc:sqlite:" + file()),
        Stream.concat(Stream.of("dead-letters"), Stream.of(arguments)).toArray(String[]::new));
  }

  private List<String> ids() {
    return out().lines().map(line -> line.split("\t", 2)[0]).toList();
  }

  private List<LaneKey> parked() {
    try (Store store = store()) {
      return store.read(queries -> queries.parkedLanes(Optional.empty(), 10)).stream()
          .map(Lane::key)
          .toList();
    }
  }

  private Lane lane(LaneKey key) {
    try (Store store = store()) {
      return store.read(queries -> queries.lane(key)).orElseThrow();
    }
  }

  private static void park(
      Store store, LaneKey lane, PortId port, String reason, EntryContent... contents) {
    store.write(transaction -> {
      Instant now = Instant.now();
      for (EntryContent content : contents) {
        transaction.append(
            lane.conversation(),
            lane.destination(),
            Optional.of(port),
            content,
            Optional.empty(),
            now);
      }
      Claim claim = transaction.claim(port, now, now.plusSeconds(60), "test", 1).get(0);
      return transaction.settle(
          claim.lane(),
          claim.epoch(),
          claim.head().sequence(),
          new Settlement.Park(reason, false),
          now);
    });
  }

  private static EntryContent said() {
    return new EntryContent.Said(Participant.agent("ana", "Ana"), MessageBody.text(SECRET));
  }

  private static Notice opened() {
    return Notice.of(NoticeKind.CASE_OPENED, "case", 1042);
  }

  private static LaneKey customer(long conversation) {
    return new LaneKey(new ConversationId(conversation), Destination.CUSTOMER);
  }

  private JdbcStore store() {
    return JdbcStore.sqlite(file());
  }

  private Path file() {
    return folder.resolve("relay.db");
  }

  private String out() {
    return commands.out();
  }

  private String err() {
    return commands.err();
  }
}
