package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.ConversationState;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.fake.Fault;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** After a restart Twilio shows only which agents have written, so the assigned agent comes from Relay. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AssignedAgentTest {
  private Office office;

  @BeforeEach
  void open() throws IOException {
    office = new Office();
  }

  @AfterEach
  void close() {
    office.close();
  }

  private void writes(long id, String agent, String text) {
    int before = office.fromAgents("ada").size();
    String unused = office.twilio.agents().write(id, agent, agent + text, text);
    Eventually.holds("ada hears it", () -> office.fromAgents("ada").size() > before);
  }

  /** Bob wrote and passed it to eve, who wrote; then Relay started anew. */
  private long passedOnBeforeARestart() {
    long id = office.served("ada", "bob");
    writes(id, "bob", "I call Eve");
    office.twilio.agents().transfer(id, "bob", "eve");
    Eventually.holds("eve has it", () -> office.agent(id).equals("eve"));
    writes(id, "eve", "Eve here");
    office.restart();
    return id;
  }

  @Test
  void the_end_by_the_second_agent_is_reported_after_a_restart() {
    long id = passedOnBeforeARestart();

    office.twilio.agents().end(id, "eve");

    Eventually.holds("it is over", () -> office.state(id) == ConversationState.CLOSED);
    assertThat(office.twilio.openInteractions()).isZero();
  }

  @Test
  void the_customer_waits_again_if_the_second_agent_leaves_after_a_restart() {
    long id = passedOnBeforeARestart();

    office.twilio.agents().leave(id, "eve");

    Eventually.holds("it is offered again", () -> office.twilio.agents().waitingTasks(id) == 1);
    assertThat(office.state(id)).isEqualTo(ConversationState.WAITING);
  }

  @Test
  void an_unsuccessful_invitation_after_a_restart_does_not_take_the_chat_from_its_agent() {
    long id = office.served("ada", "bob");
    writes(id, "bob", "Hello");
    office.restart();

    office.twilio.agents().callInVain(id);
    writes(id, "bob", "I could not find anybody");

    assertThat(office.state(id)).isEqualTo(ConversationState.LIVE);
    assertThat(office.twilio.conversations(id)).hasSize(1);
  }

  @Test
  void a_third_agents_message_after_a_restart_is_delivered_with_their_name() {
    long id = passedOnBeforeARestart();

    office.twilio.agents().callIn(id, "gus");
    writes(id, "gus", "Gus here");

    assertThat(office.fromAgents("ada").get(2)).isEqualTo("Gus Agent: Gus here");
  }

  @Test
  void the_end_by_a_silent_second_agent_while_Relay_was_stopped_is_found() {
    long id = office.served("ada", "bob");
    writes(id, "bob", "I call Eve");
    office.twilio.agents().transfer(id, "bob", "eve");
    Eventually.holds("eve has it", () -> office.agent(id).equals("eve"));
    office.stop();
    office.twilio.loseWebhooks(Integer.MAX_VALUE);
    office.twilio.agents().end(id, "eve");
    office.twilio.loseWebhooks(0);

    office.startsWatching();

    Eventually.holds("it is over", () -> office.state(id) == ConversationState.CLOSED);
  }

  @Test
  void an_end_that_is_reported_before_everything_is_read_after_a_start_counts() {
    long id = office.served("ada", "bob");
    writes(id, "bob", "Hello");
    office.twilio.plan(
        Fault.UNAVAILABLE,
        it -> it.query().getOrDefault("State", List.of()).contains("active"),
        Integer.MAX_VALUE);
    office.restart();

    office.twilio.agents().end(id, "bob");

    Eventually.holds("it is over", () -> office.state(id) == ConversationState.CLOSED);
    assertThat(office.twilio.conversations(id)).hasSize(1);
  }

  @Test
  void the_last_message_is_delivered_although_its_webhook_was_lost() {
    long id = office.served("ada", "bob");
    writes(id, "bob", "Hello");
    office.twilio.loseWebhooks(1);
    String unused = office.twilio.agents().write(id, "bob", "last", "Goodbye");

    office.twilio.agents().end(id, "bob");

    Eventually.holds("it is over", () -> office.state(id) == ConversationState.CLOSED);
    Eventually.holds(
        "all is heard", () -> office.fromAgents("ada").equals(List.of("Hello", "Goodbye")));
  }
}
