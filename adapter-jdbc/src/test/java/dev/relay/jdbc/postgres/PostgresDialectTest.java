package dev.relay.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.store.StoreException;
import dev.relay.jdbc.JdbcStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an address shows, without a server. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresDialectTest {
  private static final String PASSWORD = "hunter2";

  /** The driver's own errors name the whole address that it gets. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://127.0.0.1:99999/relay?password=hunter2",
        "jdbc:postgresql://127.0.0.1:port/relay?user=relay&password=hunter2",
        "jdbc:postgresql://127.0.0.1/relay/more?password=hunter2",
        "jdbc:postgresql://127.0.0.1?password=hunter2",
        "jdbc:postgresql://127.0.0.1:1/relay?password=hunter2%"
      })
  void no_error_about_a_wrong_address_has_its_password(String address) {
    assertThatThrownBy(() -> open(address))
        .isInstanceOf(StoreException.class)
        .satisfies(PostgresDialectTest::isWithoutPassword);
  }

  @Test
  void a_password_before_the_host_is_refused_without_naming_it() {
    assertThatThrownBy(() -> open("jdbc:postgresql://relay:hunter2@127.0.0.1/relay"))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(PostgresDialectTest::isWithoutPassword);
  }

  private static void open(String address) {
    JdbcStore.open(address, InstantSource.system(), new Random(1)).close();
  }

  private static void isWithoutPassword(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).contains("database").doesNotContain(PASSWORD);
  }
}
