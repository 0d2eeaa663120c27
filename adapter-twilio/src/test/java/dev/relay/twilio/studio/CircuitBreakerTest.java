package dev.relay.twilio.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CircuitBreakerTest {
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private final CircuitBreaker breaker = new CircuitBreaker(() -> now);

  private void failed(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed();
    }
  }

  private void later(Duration time) {
    now = now.plus(time);
  }

  @Test
  void it_opens_after_three_questions_without_an_answer() {
    assertThat(breaker.isOpen()).isFalse();
    failed(2);
    assertThat(breaker.isOpen()).isFalse();

    failed(1);

    assertThat(breaker.isOpen()).isTrue();
  }

  @Test
  void an_answer_resets_the_count() {
    failed(2);
    breaker.succeeded();
    failed(2);

    assertThat(breaker.isOpen()).isFalse();
  }

  @Test
  void after_half_a_minute_one_question_probes_while_others_skip_the_flow() {
    failed(3);
    later(Duration.ofSeconds(29));
    assertThat(breaker.isOpen()).isTrue();

    later(Duration.ofSeconds(1));

    assertThat(breaker.isOpen()).as("the first one").isFalse();
    assertThat(breaker.isOpen()).as("the second one").isTrue();
  }

  @Test
  void a_failed_probe_keeps_it_open_and_a_successful_one_closes_it() {
    failed(3);
    later(Duration.ofSeconds(30));
    assertThat(breaker.isOpen()).isFalse();
    breaker.failed();
    assertThat(breaker.isOpen()).isTrue();
    later(Duration.ofSeconds(30));
    assertThat(breaker.isOpen()).isFalse();

    breaker.succeeded();

    assertThat(breaker.isOpen()).isFalse();
    assertThat(breaker.isOpen()).isFalse();
  }
}
