package dev.relay.discord.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReconnectBreakerTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T00:00:00Z"));
  private final ReconnectBreaker breaker = new ReconnectBreaker(clock, Duration.ofSeconds(1));

  @Test
  void occasional_breaks_cause_no_wait() {
    for (int i = 0; i < 10; i++) {
      breaker.connected();
      clock.advance(Duration.ofMinutes(5));
      assertThat(breaker.broke()).isZero();
    }
    assertThat(breaker.isLoop()).isFalse();
  }

  @Test
  void consecutive_breaks_wait_longer_and_longer_up_to_a_minute() {
    Duration last = Duration.ZERO;
    for (int i = 0; i < 12; i++) {
      breaker.connected();
      clock.advance(Duration.ofSeconds(1));
      Duration wait = breaker.broke();
      assertThat(wait).isBetween(last, Duration.ofMinutes(1));
      last = wait;
    }
    assertThat(last).isEqualTo(Duration.ofMinutes(1));
    assertThat(breaker.isLoop()).isTrue();
  }

  @Test
  void a_connection_that_lasts_ends_the_loop() {
    for (int i = 0; i < 6; i++) {
      var unused = breaker.broke();
    }
    breaker.connected();
    clock.advance(Duration.ofMinutes(2));

    assertThat(breaker.broke()).isZero();
    assertThat(breaker.isLoop()).isFalse();
  }

  @Test
  void no_wait_remains_after_the_release() {
    breaker.release();
    breaker.await(Duration.ofHours(1));
  }
}
