package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.PortId;
import dev.relay.core.routing.Route;
import dev.relay.core.store.StoreException.BadData;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A write reads what is in the file, although the writer remembers what it has read and saved. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RememberedTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final PortId WEB = new PortId("web");
  private static final CustomerAddress ADDRESS = new CustomerAddress(WEB, "a");
  private static final ConversationId CONVERSATION = new ConversationId(1);
  private static final CustomerId CUSTOMER = new CustomerId(1);

  @TempDir
  Path folder;

  private JdbcStore store;

  @BeforeEach
  void open() {
    store = JdbcStore.sqlite(folder.resolve("relay.db"));
    store.write(transaction -> {
      transaction.save(customer("Ada"));
      return transaction.save(Conversation.begin(
          transaction.newConversationId(), CUSTOMER, ADDRESS, Locale.ENGLISH, Route.FALLBACK, NOW));
    });
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void what_another_process_has_changed_is_read_again() throws SQLException {
    assertThat(queueInWrite()).isEqualTo("default");

    execute(
        "update conversation set version = 7," + " data = json_set(data, '$.queue', 'billing')");
    execute("update customer set data = json_set(data, '$.name', 'Countess')");

    assertThat(queueInWrite()).isEqualTo("billing");
    assertThat(store.write(it -> it.conversation(CONVERSATION)).orElseThrow().version())
        .isEqualTo(7);
    assertThat(nameInWrite()).isEqualTo("Countess");
  }

  @Test
  void damage_is_seen_by_the_next_write() throws SQLException {
    assertThat(queueInWrite()).isEqualTo("default");
    assertThat(nameInWrite()).isEqualTo("Ada");

    execute("update conversation set data = 'damaged'");
    execute("update customer set data = 'damaged'");

    assertThatThrownBy(this::queueInWrite).isInstanceOf(BadData.class);
    assertThatThrownBy(this::nameInWrite).isInstanceOf(BadData.class);
  }

  @Test
  void what_was_rolled_back_is_forgotten() {
    assertThatThrownBy(() -> store.write(transaction -> {
          transaction.save(transaction.conversation(CONVERSATION).orElseThrow());
          transaction.save(customer("Somebody else"));
          throw new IllegalStateException("no");
        }))
        .hasMessage("no");

    assertThat(store.write(it -> it.activeConversation(ADDRESS)).orElseThrow().version())
        .isEqualTo(1);
    assertThat(nameInWrite()).isEqualTo("Ada");
  }

  @Test
  void more_conversations_than_are_remembered_can_be_used() {
    store.write(transaction -> {
      for (int number = 0; number < Remembered.MOST; number++) {
        transaction.save(Conversation.begin(
            transaction.newConversationId(),
            CUSTOMER,
            new CustomerAddress(WEB, "more-" + number),
            Locale.ENGLISH,
            Route.FALLBACK,
            NOW));
      }
      return true;
    });

    Conversation first = store.write(it -> it.activeConversation(ADDRESS)).orElseThrow();

    assertThat(store.write(it -> it.save(first)).version()).isEqualTo(2);
  }

  private String queueInWrite() {
    return store
        .write(transaction -> transaction.activeConversation(ADDRESS))
        .orElseThrow()
        .queue()
        .value();
  }

  private String nameInWrite() {
    return store
        .write(transaction -> transaction.customer(WEB, "ada"))
        .orElseThrow()
        .displayName();
  }

  private static Customer customer(String name) {
    return new Customer(
        CUSTOMER, WEB, "ada", name, Locale.ENGLISH, Set.of(), Optional.empty(), NOW);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("relay.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
