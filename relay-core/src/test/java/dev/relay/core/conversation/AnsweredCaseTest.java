package dev.relay.core.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.cases.SupportCase.CaseDecision;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A case that waits for the customer, and the customer's answer while an agent desk has the conversation. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnsweredCaseTest {
  private final Situations world = new Situations();

  private void caseIs(CaseStatus status) {
    SupportCase found = world.supportCase.orElseThrow();
    if (found.status() != status) {
      CaseDecision changed =
          found.change(CaseChange.status(status), Situations.BEA, world.casePolicy(), world.now());
      world.supportCase = Optional.of(((CaseDecision.Changed) changed).next());
    }
  }

  private CaseStatus status() {
    return world.supportCase.orElseThrow().status();
  }

  private static List<CaseHistoryEntry> history(Decision.Applied applied) {
    return applied.effects().stream()
        .filter(Decision.Effect.SaveCase.class::isInstance)
        .flatMap(save -> ((Decision.Effect.SaveCase) save).history().stream())
        .toList();
  }

  @Test
  void an_answer_in_a_live_chat_gives_the_case_back_to_the_agent() {
    Conversation live = world.live();
    caseIs(CaseStatus.PENDING);

    Decision.Applied applied = world.apply(live, world.wrote("Here is the receipt"));

    assertThat(status()).isEqualTo(CaseStatus.OPEN);
    assertThat(history(applied)).singleElement().satisfies(entry -> {
      assertThat(entry.actor()).isEqualTo(world.customer.asParticipant());
      assertThat(entry.before()).isEqualTo("PENDING");
      assertThat(entry.after()).isEqualTo("OPEN");
    });
    assertThat(Situations.noticesToCustomer(applied)).isEmpty();
  }

  @Test
  void an_answer_of_a_customer_who_waits_does_so_too() {
    Conversation waiting = world.waiting();
    caseIs(CaseStatus.PENDING);

    world.apply(waiting, world.wrote("Here is the receipt"));

    assertThat(status()).isEqualTo(CaseStatus.OPEN);
  }

  @ParameterizedTest
  @EnumSource(
      value = Button.class,
      names = {"STILL_NEED_HELP", "TALK_TO_PERSON"})
  void a_button_that_asks_for_more_help_is_an_answer(Button button) {
    Conversation live = world.live();
    caseIs(CaseStatus.PENDING);

    world.apply(live, world.pressed(button));

    assertThat(status()).isEqualTo(CaseStatus.OPEN);
  }

  @Test
  void what_the_agent_writes_leaves_it_waiting() {
    Conversation live = world.live();
    caseIs(CaseStatus.PENDING);

    world.apply(live, Situations.agentWrote(Situations.BEA, "Do you have the receipt?"));

    assertThat(status()).isEqualTo(CaseStatus.PENDING);
  }

  @ParameterizedTest
  @EnumSource(
      value = CaseStatus.class,
      names = {"OPEN", "SOLVED"})
  void a_case_that_does_not_wait_for_the_customer_stays_as_it_is(CaseStatus status) {
    Conversation live = world.live();
    caseIs(status);

    Decision.Applied applied = world.apply(live, world.wrote("Thank you"));

    assertThat(status()).isEqualTo(status);
    assertThat(history(applied)).isEmpty();
  }

  @Test
  void a_yes_to_the_question_whether_it_is_solved_solves_it() {
    Conversation live = world.live();
    caseIs(CaseStatus.PENDING);
    Conversation asked = world.next(
        live, new DeskEvent.CloseProposed(Situations.ID, Optional.empty(), Situations.BEA));

    world.apply(asked, world.wrote("yes"));

    assertThat(status()).isEqualTo(CaseStatus.SOLVED);
  }

  @Test
  void a_word_that_the_carrier_answers_is_no_answer() {
    Conversation live = world.live();
    caseIs(CaseStatus.PENDING);
    CustomerEvent.CustomerWrote word = (CustomerEvent.CustomerWrote) world.wrote("HELP");

    world.apply(live, new CustomerEvent.CustomerNoted(word.origin(), MessageBody.text("HELP")));

    assertThat(status()).isEqualTo(CaseStatus.PENDING);
  }
}
