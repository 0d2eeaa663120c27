package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.engine.commit.StepScheduling;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.operations.Settings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Several engines on one store. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FencingTest {
  private final Bench bench = new Bench();

  @Test
  void another_engine_delivers_the_backlog_of_one_that_has_ended() {
    Engine first = bench.newEngine("first");
    var unused = first.services().intake().submit(bench.wrote("ada", "hello"));
    bench.time.settle();
    assertThat(bench.customers.calls).as("the first was never started").isEmpty();

    bench.engine();
    bench.time.pass(Duration.ofSeconds(2));

    assertThat(bench.textsToCustomers()).containsExactly("robot says hello");
  }

  @Test
  void an_engine_that_was_too_slow_is_fenced_and_nothing_is_sent_twice() {
    bench.customers.meanwhile(() -> bench.time.pass(Settings.defaults().lease().plusSeconds(5)));
    Engine second = bench.newEngine("second");
    bench.engine();
    second.start();

    bench.submitted(bench.wrote("ada", "hello"));
    bench.time.pass(Duration.ofSeconds(5));

    assertThat(bench.lane(1, Destination.CUSTOMER).depth()).isZero();
    assertThat(bench.seen).contains("fenced 1-customer");
  }

  @Test
  void a_delayed_attempt_is_not_made_if_its_lane_was_dropped_in_the_meantime() {
    StepScheduling busy = new StepScheduling();
    Engine first = bench.newEngine("first", busy);
    first.start();
    var unused = first.services().intake().submit(bench.asksForPerson("ada"));
    while (!isDeskLaneClaimed() && busy.step()) {
      // Run until the handoff is claimed; its attempt still waits for a thread.
    }
    bench.time.pass(Duration.ofSeconds(2));

    bench.submitted(new DeskEvent.DeskDeclined(
        new ConversationId(1), Optional.empty(), Bench.DESK, "nobody is there"));
    busy.settle();

    assertThat(bench.desk.calls).isEmpty();
    assertThat(bench.seen).contains("fenced 1-desk");
  }

  private boolean isDeskLaneClaimed() {
    LaneKey desk = new LaneKey(new ConversationId(1), Destination.DESK);
    return bench
        .memory
        .read(queries -> queries.lane(desk))
        .filter(lane -> lane.epoch() > 0)
        .isPresent();
  }

  @Test
  void an_engine_whose_clock_jumps_past_the_lease_waits_and_looks_the_delivery_up() {
    bench.customers.meanwhile(() -> {
      bench.time.jump(Duration.ofDays(1));
      bench.time.pass(Duration.ofSeconds(3));
      assertThat(bench.customers.calls).as("one at a time").hasSize(1);
    });

    bench.submitted(bench.wrote("ada", "hello"));
    bench.time.pass(Duration.ofSeconds(3));

    assertThat(bench.customers.calls).containsExactly("deliver 1-1-1", "look up 1-1-1");
    assertThat(bench.textsToCustomers()).containsExactly("robot says hello");
  }
}
