package dev.relay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.PortId;
import dev.relay.core.routing.Route;
import dev.relay.core.store.Store;
import dev.relay.jdbc.JdbcStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands work beside a server, which has the same database open. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EraseCommandTest {
  private static final PortId WEB = new PortId("web");
  private static final String CANARY = "canary7f3a";

  @TempDir
  Path folder = Path.of("set by JUnit");

  private final CommandRun commands = new CommandRun();

  @BeforeEach
  void a_customer() {
    try (Store store = JdbcStore.sqlite(file())) {
      store.write(transaction -> {
        transaction.save(new Customer(
            transaction.newCustomerId(),
            WEB,
            CANARY,
            "Ada " + CANARY,
            Locale.ENGLISH,
            Set.of(),
            Optional.empty(),
            Instant.now()));
        return true;
      });
    }
  }

  @Test
  void a_dry_run_counts_and_changes_nothing() {
    assertThat(run("erase", "customer", "1", "--dry-run")).isZero();

    assertThat(out()).isEqualTo("Customer 1 has customers 1. Nothing was changed.\n");
    assertThat(text(file())).contains(CANARY);
  }

  @Test
  void a_customer_is_erased_beside_a_server_and_the_record_says_who_asked() {
    try (Store server = JdbcStore.sqlite(file())) {
      assertThat(run("erase", "customer", "1", "--confirm")).isZero();

      assertThat(out()).startsWith("Erased: customers 1. Record 1.");
      assertThat(server.read(it -> it.sameCustomers(new CustomerId(1)).get(0)).displayName())
          .isEqualTo("#1");
      assertThat(text(file()) + text(Path.of(file() + "-wal"))).doesNotContain(CANARY);
    }
    assertThat(run("erase", "list")).isZero();
    assertThat(out())
        .matches("(?s)1\\t1\\tcommand line: .*\\t.*Z\\t.*Z\\tcustomers 1\\n")
        .doesNotContain(CANARY);
  }

  @Test
  void an_open_conversation_is_named() {
    try (Store store = JdbcStore.sqlite(file())) {
      store.write(transaction -> transaction.save(Conversation.begin(
          transaction.newConversationId(),
          new CustomerId(1),
          new CustomerAddress(WEB, CANARY),
          Locale.ENGLISH,
          Route.FALLBACK,
          Instant.now())));
    }

    assertThat(run("erase", "customer", "1", "--confirm")).isEqualTo(1);

    assertThat(err()).contains("Customer 1 has open conversations: 1. End them first.");
    assertThat(run("erase", "list")).isZero();
    assertThat(out()).isEqualTo("Nothing was erased so far.\n");
  }

  @Test
  void old_conversations_are_erased_by_age() {
    assertThat(run("erase", "conversations", "--older-than-days", "365", "--dry-run"))
        .isZero();
    assertThat(out()).matches("Before .*Z there are: nothing. Nothing was changed.\n");
    assertThat(run("erase", "conversations", "--older-than-days", "365", "--confirm"))
        .isZero();
    assertThat(out()).isEqualTo("Erased: nothing. Record 1.\n");
    assertThat(run("erase", "list")).isZero();
    assertThat(out()).matches("(?s)1\\tbefore .*Z\\tcommand line: .*\\tnothing\\n");
    assertThat(run("erase", "conversations", "--older-than-days", "0", "--confirm"))
        .isEqualTo(2);
    assertThat(run("erase", "conversations", "--older-than-days", "365")).isEqualTo(2);
  }

  @Test
  void a_wrong_command_erases_nothing() {
    assertThat(run("erase", "customer", "1")).isEqualTo(2);
    assertThat(err()).contains("Add either --dry-run to count what would be erased, or --confirm");
    assertThat(run("erase", "customer", "1", "--confirm", "--dry-run")).isEqualTo(2);
    assertThat(run("erase", "customer", "Ada", "--confirm")).isEqualTo(2);
    assertThat(err()).contains("CUSTOMER is \"Ada\": expected a number such as 17");
    assertThat(run("erase", "customer", "9", "--confirm")).isEqualTo(1);
    assertThat(err()).contains("There is no customer 9.");
    assertThat(text(file())).contains(CANARY);
  }

  @Test
  void data_are_handed_out_to_a_new_file_that_only_its_owner_reads() throws IOException {
    Path archive = folder.resolve("customer.zip");

    assertThat(run("hand-out", "1", archive.toString())).isZero();

    assertThat(out()).startsWith("The data of customer 1 are in " + archive);
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      byte[] customers = zip.getInputStream(zip.getEntry("customers.json")).readAllBytes();
      assertThat(new String(customers, StandardCharsets.UTF_8)).contains("Ada " + CANARY);
    }
    assertThat(Files.getPosixFilePermissions(archive)).hasSize(2);
    assertThat(run("hand-out", "1", archive.toString())).isEqualTo(1);
    assertThat(err()).contains("exists already");
    assertThat(run("hand-out", "9", folder.resolve("other.zip").toString())).isEqualTo(1);
    assertThat(folder.resolve("other.zip")).doesNotExist();
  }

  private Path file() {
    return folder.resolve("relay.db");
  }

  private static String text(Path path) {
    try {
      return Files.exists(path)
          ? new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)
          : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String out() {
    return commands.out();
  }

  private String err() {
    return commands.err();
  }

  private int run(String... arguments) {
    return commands.run(Map.of("RELAY_DATABASE_URL", "jdbc:sqlite:" + file()), arguments);
  }
}
