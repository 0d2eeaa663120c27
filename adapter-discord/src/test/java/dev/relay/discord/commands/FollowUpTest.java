package dev.relay.discord.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.SeenMessage;
import dev.relay.testkit.Eventually;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A customer in Discord whose case is followed after their chat is over. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FollowUpTest {
  private static final Participant GRACE = Participant.agent("grace", "Grace");
  private static final CaseNumber CASE = new CaseNumber(1001);

  private final Community community = new Community();
  private final FakeCustomer ada = community.discord.customer("ada");

  @AfterEach
  void stop() {
    community.close();
  }

  @Test
  void they_are_written_to_first_hear_of_their_case_and_open_it_again_with_a_button() {
    ada.runs("/helpme", Map.of("question", "How do I fly?"));
    community.awaitButton(ada, "relay:person:");
    ada.runs("/agent");
    Eventually.holds("a case", () -> ada.textsFromBot().toString().contains("#1001"));
    ConversationId first = community.conversation(ada).orElseThrow();
    community.agentSolves(ada);

    IntakeResult written = community
        .relay
        .intake()
        .submit(new DeskEvent.AgentWroteFirst(
            first,
            Optional.empty(),
            new PortId("desk"),
            GRACE,
            Optional.of(CASE),
            Optional.empty(),
            MessageBody.text("Do you fly by now?")))
        .join();
    assertThat(written).isInstanceOf(IntakeResult.Accepted.class);
    Eventually.holds(
        "the message", () -> ada.textsFromBot().toString().contains("Do you fly by now?"));
    community
        .relay
        .intake()
        .submit(new DeskEvent.AgentEnded(
            community.conversation(ada).orElseThrow(), Optional.empty(), GRACE, CaseStatus.PENDING))
        .join();
    community
        .relay
        .cases()
        .change(CASE, CaseChange.status(CaseStatus.SOLVED), GRACE, OptionalLong.empty())
        .join();

    SeenMessage told = community.awaitButton(ada, "relay:needhelp:");
    assertThat(told.text()).contains("is solved");
    ada.presses(told.id(), told.buttons().get(0).customId());

    Eventually.holds(
        "the case is open again", () -> community.supportCase(1001).status() == CaseStatus.OPEN);
    assertThat(community.supportCase(1001).conversations()).hasSize(3);
  }
}
