package dev.relay.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The log of a Relay without an observer. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoggingObserverTest {
  private final List<String> lines = new ArrayList<>();
  private final LoggingObserver observer = new LoggingObserver(new Lines());

  @Test
  void failures_are_logged_by_class_and_frame_without_their_messages() {
    Exception quoting = new IllegalStateException(
        "cannot show my secret", new IllegalArgumentException("no emoji in my secret"));

    observer.broken("desk", quoting);
    observer.commitFailed(quoting);

    assertThat(lines)
        .hasSize(2)
        .allSatisfy(line -> assertThat(line)
            .contains(
                "java.lang.IllegalStateException\n\tat dev.relay.core.LoggingObserverTest.",
                "Caused by: java.lang.IllegalArgumentException\n\tat ")
            .doesNotContain("secret"));
    assertThat(lines.get(0)).startsWith("broken: desk: ");
  }

  @Test
  void the_store_reports_why_it_failed_and_its_cause_does_not() {
    StoreException failure =
        new StoreException("the store is closed", new IllegalStateException("my secret"));
    observer.storeDown(failure, Duration.ZERO, 1);

    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("the store fails: dev.relay.core.store.StoreException: the store is closed\n")
        .contains("Caused by: java.lang.IllegalStateException\n")
        .doesNotContain("secret");
  }

  @Test
  void an_outage_of_the_store_is_one_line_however_often_something_fails_in_it() {
    StoreException failure = new StoreException("connection refused");
    observer.commitFailed(failure);
    observer.checkFailed("poll of web", failure);
    observer.broken("offers", failure);
    assertThat(lines).isEmpty();

    observer.storeDown(failure, Duration.ofMinutes(1), 57);

    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("the store has been failing for PT1M, 57 times so far: connection refused");
  }

  /** Keeps what would be written, with the message of a passed exception. */
  private final class Lines implements System.Logger {
    @Override
    public String getName() {
      return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String text, @Nullable Throwable thrown) {
      lines.add(text + " " + thrown);
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        String format,
        @Nullable Object @Nullable ... values) {
      lines.add(format);
    }
  }
}
