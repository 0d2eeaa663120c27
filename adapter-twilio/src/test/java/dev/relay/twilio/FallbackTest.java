package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.id.ConversationId;
import dev.relay.core.message.Participant;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.fake.Fault;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Handoffs to the desk beside Flex, because Flex is down or refuses. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FallbackTest {
  private Office office;

  @BeforeEach
  void open() throws IOException {
    office = Office.withFallback();
  }

  @AfterEach
  void close() {
    office.close();
  }

  private long asked(String customer) {
    office.says(customer, "my sword is gone");
    office.asksForAgent(customer);
    return office.conversation(customer).id().value();
  }

  private void awaitOtherDesk() {
    Eventually.holds(
        "the other desk has it",
        () -> office.atOtherDesk.stream().anyMatch(DeskOutbound.Handoff.class::isInstance));
  }

  @Test
  void a_customer_whom_Flex_refuses_continues_to_wait_at_the_other_desk() {
    office.twilio.plan(Fault.REFUSE, it -> it.path().equals("/v1/Interactions"), 1);

    long id = asked("ada");
    awaitOtherDesk();

    assertThat(office.state(id)).isEqualTo(ConversationState.WAITING);
    assertThat(office.atOtherDesk)
        .filteredOn(DeskOutbound.Handoff.class::isInstance)
        .singleElement()
        .extracting(it -> ((DeskOutbound.Handoff) it).reason())
        .asString()
        .contains("flex", "403");
    assertThat(office.notices("ada")).noneMatch(it -> it.contains("Nobody"));
  }

  @Test
  void a_Flex_agent_who_accepts_after_the_other_desks_agent_is_released() {
    office.twilio.plan(Fault.ACT_THEN_503, it -> it.path().equals("/v1/Interactions"), 1);
    office.twilio.plan(
        Fault.UNAVAILABLE,
        it -> it.product().equals("taskrouter") && it.method().equals("GET"),
        200);
    long id = asked("ada");
    awaitOtherDesk();
    office.twilio.heal();
    var unused = office
        .relay()
        .intake()
        .submit(new DeskEvent.AgentJoined(
            new ConversationId(id),
            Optional.empty(),
            Office.OTHER_DESK,
            Participant.agent("zoe", "Zoe")))
        .join();
    Eventually.holds("flex offers it still", () -> office.twilio.agents().isOffered(id));

    office.twilio.agents().accept(id, "bob");

    Eventually.holds(
        "it is closed in flex",
        () -> office.twilio.conversations(id).stream().allMatch(it -> it.state().equals("closed"))
            && office.twilio.openInteractions() == 0);
    assertThat(office.state(id)).isEqualTo(ConversationState.LIVE);
    assertThat(office.notices("ada")).noneMatch(it -> it.contains("Bob"));
  }
}
