package dev.relay.app.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.store.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LineFormatterTest {
  private final LineFormatter formatter = new LineFormatter();

  @Test
  void an_event_is_one_line_with_time_level_and_logger() {
    assertThat(formatter.format(record("event conversation=17")))
        .isEqualTo("2026-11-22T10:00:00.123Z INFO  EventLog event conversation=17"
            + System.lineSeparator());
  }

  @Test
  void nobody_can_forge_a_line_or_steer_a_terminal() {
    String line = formatter.format(record("a\nb\r\u001b[31mc\u2028d\u202ee\u0085f"));

    assertThat(line)
        .contains("a\\u000ab\\u000d\\u001b[31mc\\u2028d\\u202ee\\u0085f")
        .endsWith(System.lineSeparator());
    assertThat(line.strip().lines()).hasSize(1);
  }

  @Test
  void exceptions_of_disk_and_database_keep_their_messages() {
    LogRecord record = record("commit failed");
    record.setThrown(new StoreException("cannot write", new IOException("disk full\nsecond line")));

    assertThat(formatter.format(record).strip())
        .contains("StoreException: cannot write", "IOException: disk full\\u000asecond line")
        .doesNotContain("\n");
  }

  @Test
  void other_exceptions_are_named_without_their_messages_which_may_hold_what_people_wrote() {
    LogRecord record = record("broken");
    record.setThrown(new IllegalArgumentException("bad text: my password is 1234"));

    assertThat(formatter.format(record))
        .contains("java.lang.IllegalArgumentException at dev.relay.app.observe")
        .doesNotContain("1234");
  }

  @Test
  void a_library_that_quotes_whole_events_is_named_without_its_words() {
    LogRecord record = record("Got an unexpected JSON: {\"content\":\"my password is 1234\"}");
    record.setLoggerName("net.dv8tion.jda.internal.requests.WebSocketClient");

    assertThat(formatter.format(record)).contains("WebSocketClient").doesNotContain("1234");
  }

  @Test
  void a_line_has_an_end() {
    assertThat(formatter.format(record("x".repeat(100_000)))).hasSizeLessThan(5_000);
  }

  private static LogRecord record(String message) {
    LogRecord record = new LogRecord(Level.INFO, message);
    record.setLoggerName("dev.relay.app.observe.EventLog");
    record.setInstant(Instant.parse("2026-11-22T10:00:00.123456Z"));
    return record;
  }
}
