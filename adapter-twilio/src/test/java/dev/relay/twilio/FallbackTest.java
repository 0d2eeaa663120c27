package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.message.EntryContent;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.fake.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  private List<String> heardElsewhere() {
    return office.atOtherDesk.stream()
        .filter(DeskOutbound.Handoff.class::isInstance)
        .flatMap(it -> ((DeskOutbound.Handoff) it).transcript().stream())
        .filter(it -> it.content() instanceof EntryContent.Said)
        .map(it -> ((EntryContent.Said) it.content()).body().text())
        .toList();
  }

  private boolean isClosedInFlex(long id) {
    return office.twilio.conversations(id).stream().allMatch(it -> it.state().equals("closed"));
  }

  /** However many there are: with five of them the circuit breaker opens, and no attempt counts any longer. */
  @Test
  void every_live_customer_of_a_refused_account_goes_to_the_other_desk_and_nothing_stays_in_Flex()
      throws IOException {
    office.close();
    office = Office.withFallback(Duration.ofMillis(50));
    List<Long> ids = new ArrayList<>();
    for (int each = 1; each <= 6; each++) {
      ids.add(office.served("c" + each, "bob"));
    }
    String edited = office.says("c1", "a first word");
    Eventually.holds("it is there", () -> office.isDelivered(ids.get(0), "a first word"));
    office.twilio.plan(Fault.UNAUTHORIZED, request -> true, Integer.MAX_VALUE);
    office.edits("c1", edited, "another word");

    for (int each = 1; each <= 6; each++) {
      office.says("c" + each, "are you there, " + each + "?");
    }
    Eventually.holds(
        "the other desk has them all",
        () -> LongStream.rangeClosed(1, 6)
            .allMatch(each -> heardElsewhere().contains("are you there, " + each + "?")));
    assertThat(ids).allMatch(id -> office.state(id) == ConversationState.WAITING);

    office.twilio.heal();
    Eventually.holds(
        "nothing is open in Flex",
        () -> ids.stream().allMatch(this::isClosedInFlex) && office.twilio.openInteractions() == 0);
    assertThat(ids).allMatch(id -> office.state(id) == ConversationState.WAITING);
    assertThat(office.atOtherDesk)
        .filteredOn(DeskOutbound.Handoff.class::isInstance)
        .hasSize(6);
  }

  @Test
  void a_Flex_agent_who_writes_after_the_other_desks_agent_joined_does_not_write_to_nobody() {
    long id = office.served("ada", "bob");
    office.twilio.plan(Fault.UNAUTHORIZED, request -> true, Integer.MAX_VALUE);
    office.says("ada", "are you there?");
    awaitOtherDesk();
    office.twilio.heal();
    office.joinsElsewhere(id, "Zoe");

    office.twilio.agents().write(id, "bob", "late", "I am still here");

    Eventually.holds("it is closed in Flex", () -> isClosedInFlex(id));
    assertThat(office.state(id)).isEqualTo(ConversationState.LIVE);
    assertThat(office.fromAgents("ada")).doesNotContain("I am still here");
  }

  /** What an agent of Flex does who has not noticed that the customer is elsewhere. */
  private enum Last {
    ENDS,
    LEAVES,
    WRAPS_UP
  }

  @ParameterizedTest
  @EnumSource
  void a_Flex_agent_who_ends_or_leaves_what_the_other_desk_has_changes_nothing(Last last) {
    long id = office.served("ada", "bob");
    office.twilio.plan(Fault.UNAUTHORIZED, request -> true, Integer.MAX_VALUE);
    office.says("ada", "are you there?");
    awaitOtherDesk();
    office.twilio.heal();
    long before = office.received();

    switch (last) {
      case ENDS -> office.twilio.agents().end(id, "bob");
      case LEAVES -> office.twilio.agents().leave(id, "bob");
      case WRAPS_UP -> {
        office.twilio.agents().wrapUp(id, "bob");
        office.twilio.agents().finishWrapUp(id, "bob");
      }
    }
    int events = last == Last.LEAVES ? 2 : 3;
    office.awaitHandled(id, before, events);

    assertThat(office.state(id)).isEqualTo(ConversationState.WAITING);
    office.joinsElsewhere(id, "Zoe");
    assertThat(office.state(id)).isEqualTo(ConversationState.LIVE);
    assertThat(office.atOtherDesk).noneMatch(DeskOutbound.Withdrawn.class::isInstance);
    assertThat(office.notices("ada")).noneMatch(it -> it.contains("solved"));
    assertThat(office.atOtherDesk)
        .filteredOn(DeskOutbound.Handoff.class::isInstance)
        .hasSize(1);
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
    office.joinsElsewhere(id, "Zoe");
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
