package dev.relay.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StopGraceTest {
  private final AtomicLong nanos = new AtomicLong();
  private final StopGrace grace = new StopGrace(Duration.ofSeconds(20), nanos::get);

  @Test
  void requests_leave_time_for_what_they_submitted() {
    assertThat(grace.forRequests()).isEqualTo(Duration.ofSeconds(15));

    pass(grace.forRequests());

    assertThat(grace.left()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void what_requests_do_not_need_the_engine_has() {
    pass(Duration.ofSeconds(1));

    assertThat(grace.left()).isEqualTo(Duration.ofSeconds(19));
  }

  @Test
  void nothing_is_left_when_it_is_over() {
    pass(Duration.ofSeconds(30));

    assertThat(grace.forRequests()).isZero();
    assertThat(grace.left()).isZero();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
