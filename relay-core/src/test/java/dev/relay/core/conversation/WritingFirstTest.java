package dev.relay.core.conversation;

import static dev.relay.core.conversation.Situations.BEA;
import static dev.relay.core.conversation.Situations.CARL;
import static dev.relay.core.conversation.Situations.contentsTo;
import static dev.relay.core.conversation.Situations.noticesToCustomer;
import static dev.relay.core.conversation.Situations.wroteFirst;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.Destination;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.NoticeKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A live agent writes to a customer who has not asked for it now. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WritingFirstTest {
  private final Situations world = new Situations();

  @ParameterizedTest
  @EnumSource(
      value = CaseStatus.class,
      names = {"NEW", "OPEN", "PENDING", "SOLVED"})
  void a_conversation_begins_with_the_agent_about_the_case_which_is_open_again(CaseStatus before) {
    SupportCase about = world.aCase(before);
    world.latestCase = Optional.of(about);

    Decision.Applied applied = world.apply(
        Situations.fresh(), wroteFirst(BEA, Optional.of(about.number()), "It works again"));

    assertThat(applied.next().handling())
        .isInstanceOfSatisfying(
            Handling.Live.class, live -> assertThat(live.agent()).isEqualTo(BEA));
    assertThat(applied.next().supportCase()).contains(about.number());
    assertThat(applied.next().resolution()).isEqualTo(Resolution.NONE);
    assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.AGENT_WRITES);
    assertThat(said(applied)).containsExactly("It works again");
    SupportCase after = world.supportCase.orElseThrow();
    assertThat(after.status()).isEqualTo(CaseStatus.OPEN);
    assertThat(after.assignee()).contains(BEA);
    assertThat(after.conversations()).endsWith(Situations.ID);
  }

  @Test
  void a_closed_case_is_final_so_that_a_follow_up_begins_once() {
    SupportCase closed = world.aCase(CaseStatus.CLOSED);
    world.latestCase = Optional.of(closed);
    Conversation begun = world.next(
        Situations.fresh(), wroteFirst(BEA, Optional.of(closed.number()), "One more thing"));
    SupportCase followUp = world.supportCase.orElseThrow();
    world.latestCase = Optional.of(closed);

    Decision.Applied again =
        world.apply(begun, wroteFirst(BEA, Optional.of(closed.number()), "And another"));

    assertThat(followUp.followUpOf()).contains(closed.number());
    assertThat(followUp.subject()).isEqualTo(closed.subject());
    assertThat(again.next().supportCase()).contains(followUp.number());
    assertThat(world.supportCase).contains(followUp);
  }

  @Test
  void without_a_case_one_is_opened_with_the_agents_first_line() {
    world.apply(Situations.fresh(), wroteFirst(BEA, Optional.empty(), "Your refund\nhas arrived"));

    assertThat(world.supportCase).hasValueSatisfying(opened -> {
      assertThat(opened.subject()).isEqualTo("Your refund");
      assertThat(opened.description()).as("the customer wrote nothing").isEmpty();
      assertThat(opened.assignee()).contains(BEA);
    });
  }

  @Test
  void the_virtual_agent_hands_the_conversation_over() {
    SupportCase about = world.aCase(CaseStatus.OPEN);
    world.latestCase = Optional.of(about);

    Decision.Applied applied =
        world.apply(Situations.bot(), wroteFirst(BEA, Optional.of(about.number()), "Hello"));

    assertThat(applied.next().state()).isEqualTo(ConversationState.LIVE);
    assertThat(applied.next().supportCase()).contains(about.number());
    assertThat(applied.next().resolution()).isEqualTo(Resolution.HANDED_OFF);
    assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.AGENT_JOINED);
  }

  @Test
  void a_customer_who_waits_waits_no_longer() {
    Conversation waiting = world.waiting();
    SupportCase own = world.supportCase.orElseThrow();

    Decision.Applied applied =
        world.apply(waiting, wroteFirst(BEA, Optional.of(own.number()), "Here I am"));

    assertThat(applied.next().state()).isEqualTo(ConversationState.LIVE);
    assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.AGENT_JOINED);
    assertThat(said(applied)).containsExactly("Here I am");
  }

  @Test
  void a_conversation_keeps_its_unsolved_case_and_the_other_one_is_linked() {
    Conversation waiting = world.waiting();
    CaseNumber own = waiting.supportCase().orElseThrow();
    SupportCase other = world.aCase(CaseStatus.SOLVED);
    world.latestCase = Optional.of(other);

    Decision.Applied applied =
        world.apply(waiting, wroteFirst(BEA, Optional.of(other.number()), "About the other one"));

    assertThat(applied.next().supportCase()).contains(own);
    assertThat(world.latestCase).hasValueSatisfying(linked -> {
      assertThat(linked.number()).isEqualTo(other.number());
      assertThat(linked.status()).isEqualTo(CaseStatus.OPEN);
      assertThat(linked.conversations()).endsWith(Situations.ID);
    });
  }

  @Test
  void the_agent_who_has_the_conversation_goes_on_and_another_one_is_refused() {
    Conversation live = world.live();

    assertThat(said(world.apply(live, wroteFirst(BEA, live.supportCase(), "And this"))))
        .containsExactly("And this");
    assertThat(refusal(live, wroteFirst(CARL, live.supportCase(), "And this")))
        .isEqualTo(Refusal.Code.ALREADY_TAKEN);
  }

  @Test
  void a_case_of_somebody_else_is_refused() {
    assertThat(refusal(Situations.fresh(), wroteFirst(BEA, Optional.of(new CaseNumber(1)), "Hi")))
        .isEqualTo(Refusal.Code.INVALID);
  }

  @Test
  void a_blocked_customer_could_not_answer() {
    world.customer =
        world.customer.withBlock(Optional.of(new Customer.Block("spam", Optional.empty())));

    assertThat(refusal(Situations.fresh(), wroteFirst(BEA, Optional.empty(), "Hi")))
        .isEqualTo(Refusal.Code.BLOCKED);
  }

  @Test
  void a_customer_whose_data_were_erased_cannot_be_reached() {
    world.customer = world.customer.erased();

    assertThat(refusal(Situations.fresh(), wroteFirst(BEA, Optional.empty(), "Hi")))
        .isEqualTo(Refusal.Code.OUT_OF_REACH);
  }

  @Test
  void a_customer_who_never_answers_leaves_a_pending_case() {
    Conversation begun = world.next(
        Situations.fresh(), wroteFirst(BEA, Optional.empty(), "Your refund has arrived"));
    world.later(ConversationPolicy.DEFAULT.liveIdle());

    Decision.Applied ended = world.apply(begun, Situations.timer());

    assertThat(ended.next().state()).isEqualTo(ConversationState.CLOSED);
    assertThat(world.supportCase.orElseThrow().status()).isEqualTo(CaseStatus.PENDING);
  }

  private Refusal.Code refusal(Conversation conversation, Event event) {
    return ((Decision.Refused) conversation.decide(event, world)).refusal().code();
  }

  private static List<String> said(Decision.Applied applied) {
    return contentsTo(Destination.CUSTOMER, applied).stream()
        .filter(EntryContent.Said.class::isInstance)
        .map(content -> ((EntryContent.Said) content).body().text())
        .toList();
  }
}
