package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.operations.RelayObserver;
import dev.relay.core.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreOutageTest {
  private final StoreException failure = new StoreException("connection refused");

  private final List<String> reports = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-30T02:00:00Z");
  private final Observers observers = new Observers(List.of(new Reports()), () -> now);

  private final class Reports implements RelayObserver {
    @Override
    public void storeDown(Throwable cause, Duration lasts, long failures) {
      reports.add("down " + lasts.toSeconds() + " s, " + failures + ": " + cause.getMessage());
    }

    @Override
    public void storeUp(Duration lasted, long failures) {
      reports.add("up " + lasted.toSeconds() + " s, " + failures);
    }
  }

  @Test
  void a_night_without_database_is_one_report_a_minute() {
    for (int second = 0; second < 150; second++) {
      observers.checkFailed("poll of web", failure);
      observers.checkFailed("timers", failure);
      pass(1);
    }
    observers.commitFailed(failure);
    pass(5);
    observers.checked();
    observers.checked();

    assertThat(reports)
        .containsExactly(
            "down 0 s, 1: connection refused",
            "down 60 s, 121: connection refused",
            "down 120 s, 241: connection refused",
            "up 150 s, 301");
  }

  @Test
  void an_outage_goes_on_while_failures_and_successes_alternate() {
    for (int second = 0; second < 10; second++) {
      observers.checkFailed("poll of web", failure);
      observers.checked();
      observers.committed(1, Duration.ZERO, Set.of());
      pass(1);
    }

    assertThat(reports).containsExactly("down 0 s, 1: connection refused");
  }

  /** A full disk can be read. */
  @Test
  void an_outage_of_writes_alone_ends_with_a_write() {
    observers.commitFailed(failure);
    pass(30);
    observers.checked();
    assertThat(reports).hasSize(1);

    observers.committed(1, Duration.ZERO, Set.of());

    assertThat(reports).containsExactly("down 0 s, 1: connection refused", "up 0 s, 1");
  }

  @Test
  void each_outage_is_reported() {
    for (int i = 0; i < 2; i++) {
      observers.checkFailed("timers", failure);
      pass(5);
      observers.checked();
    }

    assertThat(reports)
        .containsExactly(
            "down 0 s, 1: connection refused",
            "up 0 s, 1",
            "down 0 s, 1: connection refused",
            "up 0 s, 1");
  }

  @Test
  void other_failures_are_no_outage() {
    observers.commitFailed(new IllegalStateException());
    observers.checkFailed("timers", new IllegalStateException());
    observers.broken("offers", failure);

    assertThat(reports).isEmpty();
  }

  private void pass(long seconds) {
    now = now.plusSeconds(seconds);
  }
}
