package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Intake.Typing;
import dev.relay.core.message.Participant;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Signs that somebody is typing, through the intake. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TypingSignalsTest {
  private static final String ADA = "ada";

  private final Bench bench = new Bench();

  private void customerTypes(String customer) {
    signal(new Typing.ByCustomer(new CustomerAddress(Bench.WEB, customer)));
  }

  private void agentTypes(Participant agent) {
    signal(new Typing.ByAgent(new ConversationId(1), agent));
  }

  private void signal(Typing typing) {
    bench.engine().services().intake().typing(typing);
    bench.time.settle();
  }

  private void liveWith(PortId desk) {
    var unused = bench.submitted(bench.asksForPerson(ADA));
    unused = bench.submitted(bench.joined(1, desk, Bench.BEA));
  }

  @Test
  void the_desk_of_the_agent_shows_that_the_customer_is_typing() {
    liveWith(Bench.DESK);

    customerTypes(ADA);

    assertThat(bench.typing).containsExactly("at relay in 1");
  }

  @Test
  void the_desk_that_has_the_conversation_shows_it_and_no_other() {
    liveWith(Bench.OTHER_DESK);

    customerTypes(ADA);

    assertThat(bench.typing).containsExactly("at other in 1");
  }

  @Test
  void nobody_is_shown_that_a_customer_types_who_has_no_agent() {
    customerTypes("stranger");
    bench.submitted(bench.wrote(ADA, "hello"));
    customerTypes(ADA);
    bench.submitted(bench.asksForPerson("carla"));
    customerTypes("carla");
    signal(new Typing.ByCustomer(new CustomerAddress(new PortId("unknown"), ADA)));

    assertThat(bench.typing).isEmpty();
  }

  @Test
  void the_customer_sees_that_their_agent_is_typing() {
    liveWith(Bench.DESK);

    agentTypes(Bench.BEA);

    assertThat(bench.typing).containsExactly("to ada");
  }

  @Test
  void the_customer_sees_nothing_of_an_agent_who_does_not_have_the_conversation() {
    agentTypes(Bench.BEA);
    var unused = bench.submitted(bench.asksForPerson(ADA));
    agentTypes(Bench.BEA);
    unused = bench.submitted(bench.joined(1, Bench.BEA));
    agentTypes(Bench.CARL);

    assertThat(bench.typing).isEmpty();
  }

  @Test
  void the_sign_is_shown_again_only_after_the_pause_of_the_channel() {
    liveWith(Bench.DESK);

    agentTypes(Bench.BEA);
    bench.time.pass(Duration.ofMillis(7_999));
    agentTypes(Bench.BEA);
    assertThat(bench.typing).containsExactly("to ada");
    bench.time.pass(Duration.ofMillis(1));
    agentTypes(Bench.BEA);

    assertThat(bench.typing).containsExactly("to ada", "to ada");
  }

  @Test
  void a_customer_who_types_without_pause_is_passed_on_every_two_seconds() {
    liveWith(Bench.DESK);

    for (int i = 0; i < 40; i++) {
      customerTypes(ADA);
      bench.time.pass(Duration.ofMillis(100));
    }

    assertThat(bench.typing).containsExactly("at relay in 1", "at relay in 1");
  }

  @Test
  void a_clock_that_is_set_back_silences_nobody() {
    liveWith(Bench.DESK);
    agentTypes(Bench.BEA);
    customerTypes(ADA);

    bench.time.jump(Duration.ofHours(-2));
    agentTypes(Bench.BEA);
    customerTypes(ADA);

    assertThat(bench.typing).containsExactly("to ada", "at relay in 1", "to ada", "at relay in 1");
  }

  @Test
  void signals_are_dropped_rather_than_queued_behind_a_stuck_port() {
    liveWith(Bench.DESK);
    for (int i = 0; i < 2 * TypingSignals.MAX_WAITING; i++) {
      String customer = "customer " + i;
      bench.submitted(bench.asksForPerson(customer));
      bench.submitted(bench.joined(i + 2L, Bench.CARL));
    }
    bench.time.holdBack("typing-web");
    for (int i = 0; i < 2 * TypingSignals.MAX_WAITING; i++) {
      customerTypes("customer " + i);
    }
    bench.time.release();

    assertThat(bench.typing).hasSize(TypingSignals.MAX_WAITING);
  }

  @Test
  void a_stuck_sign_delays_no_message() {
    liveWith(Bench.DESK);
    bench.time.holdBack("typing-web");
    agentTypes(Bench.BEA);

    bench.submitted(bench.says(1, Bench.BEA, "Here I am"));

    assertThat(bench.textsToCustomers()).endsWith("Here I am");
    assertThat(bench.typing).isEmpty();
  }

  @Test
  void a_sign_that_fails_changes_nothing_for_messages_and_later_signs() {
    liveWith(Bench.DESK);
    bench.showTyping = () -> {
      throw new IllegalStateException("the medium is down");
    };
    agentTypes(Bench.BEA);
    bench.showTyping = () -> {};
    bench.submitted(bench.says(1, Bench.BEA, "Here I am"));
    bench.time.pass(Duration.ofSeconds(8));
    agentTypes(Bench.BEA);

    assertThat(bench.textsToCustomers()).endsWith("Here I am");
    assertThat(bench.typing).containsExactly("to ada");
    assertThat(bench.seen).contains("broken channel web");
  }

  @Test
  void nothing_of_it_is_stored() {
    liveWith(Bench.DESK);
    int works = bench.works;

    agentTypes(Bench.BEA);
    customerTypes(ADA);

    assertThat(bench.works).isEqualTo(works);
  }
}
