package dev.relay.core.conversation;

import static dev.relay.core.conversation.Situations.BEA;
import static dev.relay.core.conversation.Situations.CARL;
import static dev.relay.core.conversation.Situations.contentsTo;
import static dev.relay.core.conversation.Situations.noticesToCustomer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.id.Destination;
import dev.relay.core.message.Button;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A live agent asks before they close. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CloseProposedTest {
  private static final Duration WITHIN = ConversationPolicy.DEFAULT.confirmWithin();

  private final Situations world = new Situations();
  private final Conversation live = world.live();

  private static Event proposedBy(Participant agent) {
    return new DeskEvent.CloseProposed(Situations.ID, Optional.empty(), agent);
  }

  private Conversation asked() {
    return world.next(live, proposedBy(BEA));
  }

  @Test
  void the_customer_is_asked_once_and_the_conversation_stays_live() {
    Decision.Applied first = world.apply(live, proposedBy(BEA));
    Decision.Applied again = world.apply(first.next(), proposedBy(BEA));

    assertThat(noticesToCustomer(first)).containsExactly(NoticeKind.CLOSE_PROPOSED);
    assertThat(first.next().state()).isEqualTo(ConversationState.LIVE);
    assertThat(first.next().wakeAt()).contains(world.now().plus(WITHIN));
    assertThat(again.effects()).isEmpty();
  }

  @Test
  void a_question_of_a_clock_ahead_is_not_answered_for_the_customer_much_later() {
    Conversation asked = asked();
    world.later(Duration.ofDays(-1));

    Conversation next = world.next(asked, Situations.agentWrote(BEA, "Are you there?"));

    assertThat(next.wakeAt()).contains(world.now().plus(WITHIN));
  }

  @Test
  void another_agent_cannot_ask() {
    assertThat(
            ((Decision.Refused) live.decide(proposedBy(CARL), world)).refusal().code())
        .isEqualTo(Refusal.Code.ALREADY_TAKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"YES", "yes.", "Sí", "It is solved!", "resuelto"})
  void a_customer_who_has_no_buttons_confirms_by_a_word_that_the_agent_reads(String word) {
    Decision.Applied applied = world.apply(asked(), world.wrote(word));

    assertThat(applied.next().state()).isEqualTo(ConversationState.CLOSED);
    assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.ENDED_SOLVED);
    assertThat(contentsTo(Destination.DESK, applied).toString()).contains(word);
  }

  @Test
  void a_confirming_word_keeps_the_id_by_which_the_customer_can_take_it_back() {
    CustomerEvent.CustomerWrote yes = (CustomerEvent.CustomerWrote) world.wrote("yes");

    Decision.Applied applied = world.apply(asked(), yes);

    EntryContent word = new EntryContent.Said(world.customer.asParticipant(), yes.body());
    assertThat(applied.effects())
        .contains(new Decision.Effect.Append(
            Destination.DESK, Optional.of(Situations.DESK), word, yes.sourceId()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes, but the map is dark", "yes?", "no", "ok", "is it solved"})
  void anything_else_stays_with_the_agent(String words) {
    Decision.Applied applied = world.apply(asked(), world.wrote(words));

    assertThat(applied.next().state()).isEqualTo(ConversationState.LIVE);
    assertThat(contentsTo(Destination.DESK, applied).toString()).contains(words);
  }

  @Test
  void a_yes_that_answers_no_question_of_relay_goes_to_the_agent() {
    assertThat(world.apply(live, world.wrote("yes")).next().state())
        .isEqualTo(ConversationState.LIVE);
  }

  @Test
  void a_customer_who_confirms_has_solved_it_and_closed_it() {
    Decision.Applied applied = world.apply(asked(), world.pressed(Button.IT_IS_SOLVED));

    assertThat(applied.next().handling())
        .isInstanceOfSatisfying(
            Handling.Closed.class,
            closed -> assertThat(closed.by()).isEqualTo(world.customer.asParticipant()));
    assertThat(world.supportCase.orElseThrow().status()).isEqualTo(CaseStatus.SOLVED);
    assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.ENDED_SOLVED);
    assertThat(contentsTo(Destination.DESK, applied))
        .containsExactly(new EntryContent.ConversationEnded("the customer said that it is solved"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Button.class,
      names = {"STILL_NEED_HELP", "TALK_TO_PERSON"})
  void a_customer_who_declines_stays_with_the_agent(Button button) {
    assertStaysLive(world.next(asked(), world.pressed(button)));
  }

  @Test
  void new_words_mean_that_help_is_still_needed() {
    assertStaysLive(world.next(asked(), world.wrote("one more thing")));
  }

  @Test
  void so_does_a_word_that_somebody_else_answers() {
    assertStaysLive(world.next(asked(), world.noted("HELP")));
  }

  @Test
  void so_does_a_form() {
    Conversation filed = world.next(asked(), world.filed(CaseKind.BUG, "It broke", "again"));

    assertThat(((Handling.Live) filed.handling()).closeProposedAt()).isEmpty();
  }

  private void assertStaysLive(Conversation after) {
    assertThat(after.state()).isEqualTo(ConversationState.LIVE);
    assertThat(world.supportCase.orElseThrow().status()).isEqualTo(CaseStatus.OPEN);
    world.later(WITHIN);
    Decision.Applied later = world.apply(after, Situations.timer());
    assertThat(noticesToCustomer(later)).doesNotContain(NoticeKind.CLOSED_UNANSWERED);
    assertThat(noticesToCustomer(world.apply(after, proposedBy(BEA))))
        .as("may be asked again")
        .containsExactly(NoticeKind.CLOSE_PROPOSED);
  }

  @Test
  void silence_closes_it_as_solved_by_nobody() {
    Conversation asked = asked();
    world.later(WITHIN);

    Decision.Applied applied = world.apply(asked, Situations.timer());

    assertThat(applied.next().handling())
        .isInstanceOfSatisfying(
            Handling.Closed.class, closed -> assertThat(closed.by()).isEqualTo(Participant.RELAY));
    assertThat(world.supportCase.orElseThrow().status()).isEqualTo(CaseStatus.SOLVED);
    assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.CLOSED_UNANSWERED);
  }

  @Test
  void what_the_agent_adds_does_not_prolong_the_time() {
    Conversation asked = asked();
    world.later(WITHIN.dividedBy(2));
    Conversation added = world.next(asked, Situations.agentWrote(BEA, "Take your time"));

    assertThat(added.wakeAt()).contains(Situations.START.plus(WITHIN));
  }

  @Test
  void the_question_is_over_when_the_agent_leaves_or_another_one_takes_over() {
    Conversation asked = asked();
    Conversation taken = world.next(
        asked, new DeskEvent.AgentTookOver(Situations.ID, Optional.empty(), Situations.DESK, CARL));

    assertThat(world.next(taken, world.pressed(Button.IT_IS_SOLVED)).state())
        .as("a button of the first agent's question")
        .isEqualTo(ConversationState.LIVE);
    assertThat(world.next(asked, Situations.left(BEA)).state())
        .isEqualTo(ConversationState.WAITING);
  }

  @Test
  void a_move_of_the_case_to_another_queue_leaves_the_question_open() {
    Conversation asked = asked();
    Conversation moved = world.next(
        asked, new EngineEvent.CaseChanged(Situations.ID, world.supportCase.orElseThrow()));

    assertThat(world.apply(moved, world.pressed(Button.IT_IS_SOLVED)).next().state())
        .isEqualTo(ConversationState.CLOSED);
  }
}
