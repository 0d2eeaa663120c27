package dev.relay.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresSqlTest {
  private final PostgresSql sql = new PostgresSql();

  @Test
  void each_word_is_indexed_once() {
    assertThat(sql.wordValue("a bc a d bc")).isEqualTo("a bc d");
    assertThat(sql.wordValue("")).isEmpty();
  }

  /** PostgreSQL refuses a lexeme of 2,047 bytes, and a text of more than 1 MiB. */
  @Test
  void what_postgresql_cannot_index_is_shortened() {
    String widest = "\uD840\uDC00".repeat(2_000);
    String many =
        IntStream.range(0, 1_000_000).mapToObj(String::valueOf).collect(Collectors.joining(" "));

    assertThat(sql.wordValue(widest)).hasSize(500);
    assertThat(sql.wordValue(many)).startsWith("0 1 2 ").hasSizeBetween(290_000, 300_000);
  }
}
