package dev.relay.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class KnownAgentsTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final KnownAgents known = new KnownAgents(clock);

  @Test
  void a_token_is_known_for_a_while_after_it_was_verified() {
    assertThat(known.isKnown("rs_1")).isFalse();
    known.verified(Secrets.hash("rs_1"));

    assertThat(known.isKnown("rs_1")).isTrue();
    assertThat(known.isKnown("rs_2")).isFalse();
    clock.advance(KnownAgents.RECENT.minus(Duration.ofMillis(1)));
    assertThat(known.isKnown("rs_1")).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(known.isKnown("rs_1")).isFalse();
  }

  @Test
  void a_session_that_ends_is_known_no_longer() {
    known.verified(Secrets.hash("rs_1"));
    known.forget(Secrets.hash("rs_1"));

    assertThat(known.isKnown("rs_1")).isFalse();
  }

  @Test
  void at_most_a_bounded_number_is_remembered_and_those_in_use_longest() {
    known.verified(Secrets.hash("first"));
    known.verified(Secrets.hash("second"));
    for (int each = 0; each < 1_998; each++) {
      known.verified(Secrets.hash("other" + each));
    }
    assertThat(known.isKnown("first")).as("used again").isTrue();
    known.verified(Secrets.hash("one more"));

    assertThat(known.isKnown("second")).isFalse();
    assertThat(known.isKnown("first")).isTrue();
    assertThat(known.isKnown("x".repeat(100_000))).isFalse();
  }
}
