package dev.relay.core.conversation;

import static dev.relay.core.conversation.Situations.BEA;
import static dev.relay.core.conversation.Situations.CARL;
import static dev.relay.core.conversation.Situations.CASE;
import static dev.relay.core.conversation.Situations.contentsTo;
import static dev.relay.core.conversation.Situations.noticesToCustomer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Decision.Effect;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Button;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.HandoffRequested.Reason;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Topic;
import dev.relay.core.routing.Route;
import dev.relay.core.text.Cut;
import dev.relay.core.virtualagent.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConversationTest {
  private final Situations world = new Situations();

  @Nested
  class In_state_BOT {

    @Test
    void a_message_goes_to_the_virtual_agent() {
      Decision.Applied applied = world.apply(Situations.fresh(), world.wrote("How do I log in?"));

      assertThat(applied.next().state()).isEqualTo(ConversationState.BOT);
      assertThat(contentsTo(Destination.VIRTUAL_AGENT, applied)).hasSize(1);
      assertThat(applied.next().wakeAt())
          .contains(world.now.plus(ConversationPolicy.DEFAULT.botIdle()));
    }

    @Test
    void an_answer_goes_to_the_customer_and_clears_the_misses() {
      Answer answer =
          new Answer.Replied(List.of(MessageBody.text("Like this")), Answer.Outcome.ANSWERED, 0.8);

      Decision.Applied applied = world.apply(Situations.bot(), Situations.answered(answer));

      assertThat(contentsTo(Destination.CUSTOMER, applied)).hasSize(1);
      assertThat(applied.next().resolution()).isEqualTo(Resolution.ANSWERED);
      assertThat(applied.next().handling()).isEqualTo(new Handling.Bot(0));
    }

    @Test
    void consecutive_misses_are_counted() {
      Answer miss =
          new Answer.Replied(List.of(MessageBody.text("Pardon?")), Answer.Outcome.MISSED, 0.1);

      Conversation once = world.next(Situations.bot(), Situations.answered(miss));
      Conversation twice = world.next(once, Situations.answered(miss));

      assertThat(twice.handling()).isEqualTo(new Handling.Bot(2));
    }

    @Test
    void asking_for_a_live_agent_opens_a_case_and_notifies_the_customer_of_number_and_position() {
      world.othersWaiting = 2;

      Decision.Applied applied =
          world.apply(Situations.bot(), world.pressed(Button.TALK_TO_PERSON));

      assertThat(applied.next().state()).isEqualTo(ConversationState.WAITING);
      assertThat(applied.next().supportCase()).contains(CASE);
      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.QUEUE_POSITION);
      assertThat(contentsTo(Destination.DESK, applied))
          .containsExactly(new EntryContent.HandoffRequested(
              CASE, QueueName.DEFAULT, Reason.of(Reason.Code.ASKED)));
      assertThat(contentsTo(Destination.CUSTOMER, applied).get(0))
          .isInstanceOfSatisfying(
              EntryContent.Notified.class,
              it -> assertThat(it.notice().arguments())
                  .containsEntry("position", "3")
                  .containsEntry("case", CASE.toString()));
    }

    @Test
    void a_case_that_is_still_open_is_used_instead_of_a_new_one() {
      world.latestCase = Optional.of(world.aCase(CaseStatus.PENDING));

      Decision.Applied applied =
          world.apply(Situations.bot(), world.pressed(Button.TALK_TO_PERSON));

      assertThat(applied.next().supportCase())
          .contains(world.aCase(CaseStatus.PENDING).number());
    }

    @Test
    void a_new_question_after_a_solved_case_is_a_follow_up_of_it() {
      SupportCase solved = world.aCase(CaseStatus.SOLVED);
      world.latestCase = Optional.of(solved);

      Decision.Applied applied =
          world.apply(Situations.bot(), world.pressed(Button.TALK_TO_PERSON));

      assertThat(applied.next().supportCase()).contains(CASE);
      assertThat(world.supportCase.orElseThrow().followUpOf()).contains(solved.number());
    }

    @Test
    void a_filed_form_is_never_the_case_of_a_chat() {
      Conversation filed =
          world.next(Situations.bot(), world.filed(CaseKind.FEATURE_REQUEST, "Dark nights", ""));
      CaseNumber form = world.supportCase.orElseThrow().number();

      Decision.Applied applied = world.apply(filed, world.pressed(Button.TALK_TO_PERSON));

      assertThat(applied.next().supportCase()).isPresent().isNotEqualTo(Optional.of(form));
      assertThat(world.supportCase.orElseThrow().kind()).isEqualTo(CaseKind.SUPPORT);
      assertThat(applied.effects())
          .filteredOn(Effect.SaveCase.class::isInstance)
          .singleElement()
          .isInstanceOfSatisfying(
              Effect.SaveCase.class,
              it -> assertThat(it.history())
                  .anyMatch(entry ->
                      entry.field().equals("related") && entry.after().equals(form.toString())));
    }

    @Test
    void a_live_agent_who_joins_after_a_form_works_on_a_case_of_the_chat() {
      Conversation filed =
          world.next(Situations.bot(), world.filed(CaseKind.BUG, "Lift stuck", ""));
      CaseNumber form = world.supportCase.orElseThrow().number();

      Decision.Applied applied = world.apply(filed, Situations.joined(BEA));

      assertThat(applied.next().supportCase()).isPresent().isNotEqualTo(Optional.of(form));
      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.AGENT_JOINED);
    }

    @Test
    void the_conversations_own_case_is_reopened_if_it_was_solved_meanwhile() {
      world.supportCase = Optional.of(world.aCase(CaseStatus.SOLVED));

      Decision.Applied applied =
          world.apply(Situations.bot(), world.pressed(Button.TALK_TO_PERSON));

      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.QUEUE_POSITION);
      assertThat(world.supportCase.orElseThrow().status()).isEqualTo(CaseStatus.OPEN);
      assertThat(world.supportCase.orElseThrow().conversations()).contains(Situations.ID);
    }

    @Test
    void a_case_solved_before_the_window_stays_solved_and_a_new_one_is_opened() {
      world.latestCase = Optional.of(world.aCase(CaseStatus.SOLVED));
      world.later(Duration.ofHours(71));

      Decision.Applied applied =
          world.apply(Situations.bot(), world.pressed(Button.TALK_TO_PERSON));

      assertThat(applied.next().supportCase()).contains(CASE);
    }

    @Test
    void outside_business_hours_the_customer_is_notified_and_the_virtual_agent_continues() {
      world.staffed = false;

      Decision.Applied applied =
          world.apply(Situations.bot(), world.pressed(Button.TALK_TO_PERSON));

      assertThat(applied.next().state()).isEqualTo(ConversationState.BOT);
      assertThat(applied.next().supportCase()).contains(CASE);
      assertThat(noticesToCustomer(applied)).contains(NoticeKind.OUTSIDE_BUSINESS_HOURS);
      assertThat(contentsTo(Destination.DESK, applied)).isEmpty();
    }

    @Test
    void a_routing_rule_can_send_the_first_message_to_a_live_agent() {
      Route vip = new Route(
          "vip",
          Route.ServedBy.LIVE_AGENT,
          new QueueName("vip"),
          CasePriority.HIGH,
          Set.of("gold"));

      Decision.Applied applied =
          world.apply(Situations.fresh(vip), world.wrote("My guild is gone"));

      assertThat(applied.next().state()).isEqualTo(ConversationState.WAITING);
      assertThat(world.supportCase.orElseThrow().priority()).isEqualTo(CasePriority.HIGH);
      assertThat(world.supportCase.orElseThrow().tags()).containsExactly("gold");
      assertThat(world.supportCase.orElseThrow().subject()).isEqualTo("My guild is gone");
    }

    @Test
    void a_failed_virtual_agent_hands_over_and_the_customer_is_notified() {
      Answer failed = new Answer.HandOver(Answer.HandOverReason.VIRTUAL_AGENT_FAILED, List.of());

      Decision.Applied applied = world.apply(Situations.bot(), Situations.answered(failed));

      assertThat(applied.next().state()).isEqualTo(ConversationState.WAITING);
      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.VIRTUAL_AGENT_FAILED);
    }

    @Test
    void a_virtual_agent_that_fails_outside_business_hours_promises_no_person() {
      world.staffed = false;
      Answer failed = new Answer.HandOver(Answer.HandOverReason.VIRTUAL_AGENT_FAILED, List.of());

      assertThat(noticesToCustomer(world.apply(Situations.bot(), Situations.answered(failed))))
          .containsExactly(NoticeKind.OUTSIDE_BUSINESS_HOURS);
    }

    @Test
    void an_answer_that_helped_is_confirmed_and_one_that_did_not_is_rejected() {
      Conversation helped = world.next(Situations.bot(), world.pressed(Button.THAT_HELPED));
      Decision.Applied not = world.apply(Situations.bot(), world.pressed(Button.DID_NOT_HELP));

      assertThat(helped.resolution()).isEqualTo(Resolution.CONFIRMED);
      assertThat(not.next().resolution()).isEqualTo(Resolution.REJECTED);
      assertThat(noticesToCustomer(not)).containsExactly(NoticeKind.SORRY_IT_DID_NOT_HELP);
    }

    @Test
    void an_answered_conversation_that_is_idle_for_a_day_counts_as_resolved_and_closes() {
      Answer answer =
          new Answer.Replied(List.of(MessageBody.text("Like this")), Answer.Outcome.ANSWERED, 0.8);
      Conversation answered = world.next(Situations.bot(), Situations.answered(answer));
      world.later(ConversationPolicy.DEFAULT.botIdle());

      Decision.Applied applied = world.apply(answered, Situations.timer());

      assertThat(applied.next().state()).isEqualTo(ConversationState.CLOSED);
      assertThat(applied.next().resolution()).isEqualTo(Resolution.ASSUMED);
    }

    @Test
    void a_timer_that_comes_too_early_changes_nothing() {
      Conversation asked = world.next(Situations.bot(), world.wrote("Hello"));

      Decision.Applied applied = world.apply(asked, Situations.timer());

      assertThat(applied.next()).isEqualTo(asked);
      assertThat(applied.effects()).isEmpty();
    }

    @Test
    void a_form_files_a_case_of_its_kind() {
      Decision.Applied applied = world.apply(
          Situations.fresh(), world.filed(CaseKind.BUG, "Crash at start", "It closes at once"));

      assertThat(applied.next().supportCase()).contains(CASE);
      assertThat(world.supportCase.orElseThrow().kind()).isEqualTo(CaseKind.BUG);
      assertThat(world.supportCase.orElseThrow().fields()).containsEntry("platform", "PC");
    }

    @Test
    void a_reported_bug_is_announced_after_everything_else_if_an_announcer_has_a_place_for_bugs() {
      world.topics = Set.of(Topic.BUG);
      String description = "x".repeat(EntryContent.Announced.MAX_TEXT + 1);

      Decision.Applied applied =
          world.apply(Situations.fresh(), world.filed(CaseKind.BUG, "Crash at start", description));

      assertThat(applied.effects())
          .last()
          .isEqualTo(new Effect.Announce(
              Situations.ANNOUNCER,
              new EntryContent.Announced(
                  world.customer.asParticipant(),
                  Topic.BUG,
                  "#1042 Crash at start",
                  Cut.withEllipsis(description, EntryContent.Announced.MAX_TEXT),
                  Optional.empty()),
              world.supportCase.map(SupportCase::number)));
    }

    @Test
    void a_filed_case_is_not_announced_without_a_place_for_its_kind() {
      world.topics = Set.of(Topic.BUG, Topic.NEWS);

      for (CaseKind kind : List.of(CaseKind.SUPPORT, CaseKind.FEATURE_REQUEST)) {
        assertThat(world
                .apply(Situations.fresh(), world.filed(kind, "Dark mode", ""))
                .effects())
            .noneMatch(Effect.Announce.class::isInstance);
      }
    }

    @Test
    void a_customer_at_another_address_does_not_reach_the_conversation() {
      Origin elsewhere = Origin.of(
          new EventKey("web", "key-x"),
          new CustomerAddress(Situations.WEB, "session-2"),
          Situations.PROFILE);

      Decision decision =
          Situations.bot().decide(new CustomerEvent.CustomerEnded(elsewhere), world);

      assertThat(decision)
          .isInstanceOfSatisfying(
              Decision.Refused.class,
              it -> assertThat(it.refusal().code()).isEqualTo(Refusal.Code.UNKNOWN_CONVERSATION));
    }

    @Test
    void a_routing_rule_can_send_a_form_to_a_live_agent() {
      Route bugs = new Route(
          "bugs", Route.ServedBy.LIVE_AGENT, new QueueName("bugs"), CasePriority.HIGH, Set.of());

      Decision.Applied applied =
          world.apply(Situations.fresh(bugs), world.filed(CaseKind.BUG, "Crash at start", ""));

      assertThat(applied.next().state()).isEqualTo(ConversationState.WAITING);
      assertThat(applied.next().supportCase())
          .as("the chat has a case of its own beside the report")
          .contains(new CaseNumber(CASE.value() + 1));
      assertThat(world.supportCase.orElseThrow().description()).isEqualTo("Crash at start");
    }

    @Test
    void outside_business_hours_a_question_routed_to_a_live_agent_is_still_answered() {
      world.staffed = false;
      Route vip = new Route(
          "vip", Route.ServedBy.LIVE_AGENT, QueueName.DEFAULT, CasePriority.HIGH, Set.of());

      Decision.Applied applied =
          world.apply(Situations.fresh(vip), world.wrote("My guild is gone"));

      assertThat(contentsTo(Destination.VIRTUAL_AGENT, applied)).hasSize(1);
      assertThat(noticesToCustomer(applied)).contains(NoticeKind.OUTSIDE_BUSINESS_HOURS);
      assertThat(applied.effects().get(0))
          .isInstanceOfSatisfying(
              Effect.Append.class,
              it -> assertThat(it.content()).isInstanceOf(EntryContent.Said.class));
    }

    @Test
    void a_form_without_a_subject_is_refused() {
      Decision decision = Situations.fresh().decide(world.filed(CaseKind.BUG, " ", ""), world);

      assertThat(decision)
          .isInstanceOfSatisfying(
              Decision.Refused.class,
              it -> assertThat(it.refusal().code()).isEqualTo(Refusal.Code.INVALID));
    }
  }

  @Nested
  class In_state_WAITING {

    @Test
    void a_message_goes_to_the_desk() {
      Decision.Applied applied = world.apply(world.waiting(), world.wrote("It is urgent"));

      assertThat(contentsTo(Destination.DESK, applied)).hasSize(1);
      assertThat(contentsTo(Destination.VIRTUAL_AGENT, applied)).isEmpty();
    }

    @Test
    void a_late_answer_of_the_virtual_agent_is_dropped() {
      Answer late =
          new Answer.Replied(List.of(MessageBody.text("Like this")), Answer.Outcome.ANSWERED, 0.8);

      Decision.Applied applied = world.apply(world.waiting(), Situations.answered(late));

      assertThat(applied.effects()).isEmpty();
    }

    @Test
    void the_customer_receives_the_name_of_an_agent_who_joins_and_the_agent_gets_the_case() {
      Decision.Applied applied = world.apply(world.waiting(), Situations.joined(BEA));

      assertThat(applied.next().state()).isEqualTo(ConversationState.LIVE);
      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.AGENT_JOINED);
      assertThat(world.supportCase.orElseThrow().status()).isEqualTo(CaseStatus.OPEN);
      assertThat(world.supportCase.orElseThrow().assignee()).contains(BEA);
    }

    @Test
    void if_the_desk_declines_the_customer_is_notified_and_the_virtual_agent_continues() {
      Decision.Applied applied = world.apply(world.waiting(), Situations.declined());

      assertThat(applied.next().state()).isEqualTo(ConversationState.BOT);
      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.NO_AGENT);
      assertThat(applied.next().supportCase()).contains(CASE);
    }

    @Test
    void a_handoff_that_never_reached_the_desk_counts_as_declined() {
      Decision.Applied applied = world.apply(world.waiting(), Situations.handoffFailed());

      assertThat(applied.next().state()).isEqualTo(ConversationState.BOT);
      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.NO_AGENT);
    }

    @Test
    void a_failed_handoff_is_ignored_once_an_agent_has_joined() {
      Decision.Applied applied = world.apply(world.live(), Situations.handoffFailed());

      assertThat(applied.next().state()).isEqualTo(ConversationState.LIVE);
      assertThat(applied.effects()).isEmpty();
    }

    @Test
    void an_agent_of_another_desk_does_not_get_the_backlog_of_the_first() {
      Decision.Applied applied = world.apply(
          world.waiting(),
          new DeskEvent.AgentJoined(Situations.ID, Optional.empty(), new PortId("other"), BEA));

      assertThat(applied.effects()).contains(new Effect.Drop(Destination.DESK));
      assertThat(contentsTo(Destination.DESK, applied))
          .hasOnlyElementsOfType(EntryContent.HandoffWithdrawn.class);
    }

    @Test
    void after_the_queue_timeout_the_customer_is_notified_and_the_handoff_withdrawn() {
      Conversation waiting = world.waiting();
      world.later(ConversationPolicy.DEFAULT.queueTimeout());

      Decision.Applied applied = world.apply(waiting, Situations.timer());

      assertThat(applied.next().state()).isEqualTo(ConversationState.BOT);
      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.QUEUE_TIMEOUT);
      assertThat(contentsTo(Destination.DESK, applied))
          .hasOnlyElementsOfType(EntryContent.HandoffWithdrawn.class);
    }

    @Test
    void asking_again_repeats_the_position_and_opens_nothing() {
      Decision.Applied applied = world.apply(world.waiting(), world.pressed(Button.TALK_TO_PERSON));

      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.STILL_IN_QUEUE);
      assertThat(applied.effects()).noneMatch(Effect.SaveCase.class::isInstance);
    }

    @Test
    void a_customer_who_ends_the_conversation_solves_the_case_and_leaves_the_queue() {
      Decision.Applied applied = world.apply(world.waiting(), world.customerEnds());

      assertThat(applied.next().state()).isEqualTo(ConversationState.CLOSED);
      assertThat(world.supportCase.orElseThrow().status()).isEqualTo(CaseStatus.SOLVED);
      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.CLOSED_BY_CUSTOMER);
    }
  }

  @Nested
  class In_state_LIVE {

    @Test
    void another_agent_can_take_over_from_one_who_is_away() {
      Conversation live = world.live();
      world.later(Duration.ofMinutes(5));

      Decision.Applied applied = world.apply(
          live,
          new DeskEvent.AgentTookOver(
              Situations.ID, Optional.empty(), Situations.DESK, Situations.CARL));

      assertThat(applied.next().handling()).isInstanceOfSatisfying(Handling.Live.class, it -> {
        assertThat(it.agent()).isEqualTo(Situations.CARL);
        assertThat(it.waitedSince()).isEqualTo(((Handling.Live) live.handling()).waitedSince());
      });
      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.AGENT_JOINED);
      assertThat(world.supportCase.orElseThrow().assignee()).contains(Situations.CARL);
      assertThat(contentsTo(Destination.DESK, applied)).isEmpty();
    }

    @Test
    void an_agent_at_another_desk_can_take_over_and_the_first_desk_is_notified() {
      Decision.Applied applied = world.apply(
          world.live(),
          new DeskEvent.AgentTookOver(
              Situations.ID, Optional.empty(), Situations.FALLBACK, Situations.CARL));

      assertThat(((Handling.Live) applied.next().handling()).desk()).isEqualTo(Situations.FALLBACK);
      assertThat(contentsTo(Destination.DESK, applied))
          .hasOnlyElementsOfType(EntryContent.ConversationEnded.class);
    }

    @Test
    void a_customer_who_returns_to_the_queue_keeps_their_place_and_has_time_to_be_accepted() {
      Conversation waiting = world.waiting();
      Conversation live = world.next(waiting, Situations.joined(BEA));
      world.later(Duration.ofHours(3));

      Decision.Applied applied = world.apply(live, Situations.left(BEA));

      assertThat(((Handling.Waiting) applied.next().handling()).since())
          .isEqualTo(((Handling.Waiting) waiting.handling()).since());
      assertThat(applied.next().wakeAt().orElseThrow())
          .isEqualTo(world.now.plus(ConversationPolicy.DEFAULT.queueTimeout()));
    }

    @Test
    void both_sides_reach_each_other() {
      Conversation live = world.live();

      Decision.Applied fromAgent = world.apply(live, Situations.agentWrote(BEA, "Hello Ada"));
      Decision.Applied fromCustomer = world.apply(live, world.wrote("Hello Bea"));

      assertThat(contentsTo(Destination.CUSTOMER, fromAgent)).hasSize(1);
      assertThat(contentsTo(Destination.DESK, fromCustomer)).hasSize(1);
    }

    @Test
    void a_form_opens_another_case_and_the_agent_continues_with_theirs() {
      Conversation live = world.live();

      Decision.Applied applied = world.apply(live, world.filed(CaseKind.BUG, "Crash at start", ""));

      assertThat(applied.next().supportCase()).contains(CASE);
      assertThat(contentsTo(Destination.DESK, applied)).hasSize(1);
      assertThat(applied.effects())
          .anyMatch(effect ->
              effect instanceof Effect.SaveCase save && save.supportCase().kind() == CaseKind.BUG);
    }

    @Test
    void a_desk_that_does_not_have_the_conversation_cannot_decline_it() {
      DeskEvent late = new DeskEvent.DeskDeclined(
          Situations.ID, Optional.empty(), new PortId("another"), "timed out");

      assertThat(world.apply(world.live(), late).effects()).isEmpty();
      assertThat(world.apply(world.waiting(), late).effects()).isEmpty();
    }

    @Test
    void the_customer_is_notified_of_the_status_that_the_case_has_not_of_the_requested_one() {
      Conversation live = world.live();
      world.supportCase = Optional.of(world.aCase(CaseStatus.SOLVED));

      Decision.Applied applied = world.apply(live, Situations.ended(BEA, CaseStatus.PENDING));

      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.ENDED_SOLVED);
    }

    @Test
    void another_agent_is_refused_with_the_name_of_the_assigned_one() {
      for (DeskEvent event : List.of(
          Situations.joined(CARL),
          Situations.agentWrote(CARL, "Me too"),
          Situations.left(CARL),
          Situations.ended(CARL, CaseStatus.SOLVED))) {
        assertThat(world.live().decide(event, world))
            .isInstanceOfSatisfying(Decision.Refused.class, it -> {
              assertThat(it.refusal().code()).isEqualTo(Refusal.Code.ALREADY_TAKEN);
              assertThat(it.refusal().message()).contains("Bea");
            });
      }
    }

    @Test
    void joining_twice_is_harmless() {
      Conversation live = world.live();

      assertThat(world.apply(live, Situations.joined(BEA)).effects()).isEmpty();
    }

    @Test
    void a_customer_whose_agent_leaves_waits_in_the_queue_again() {
      Decision.Applied applied = world.apply(world.live(), Situations.left(BEA));

      assertThat(applied.next().state()).isEqualTo(ConversationState.WAITING);
      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.AGENT_LEFT);
    }

    @Test
    void ending_solves_the_case_and_notifies_the_customer() {
      Decision.Applied applied =
          world.apply(world.live(), Situations.ended(BEA, CaseStatus.SOLVED));

      assertThat(applied.next().state()).isEqualTo(ConversationState.CLOSED);
      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.ENDED_SOLVED);
      assertThat(world.supportCase.orElseThrow().status()).isEqualTo(CaseStatus.SOLVED);
    }

    @Test
    void ending_as_pending_keeps_the_case_open() {
      Decision.Applied applied =
          world.apply(world.live(), Situations.ended(BEA, CaseStatus.PENDING));

      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.ENDED_PENDING);
      assertThat(world.supportCase.orElseThrow().status()).isEqualTo(CaseStatus.PENDING);
    }

    @Test
    void a_conversation_cannot_end_with_its_case_closed_for_good() {
      assertThat(world.live().decide(Situations.ended(BEA, CaseStatus.CLOSED), world))
          .isInstanceOf(Decision.Refused.class);
    }

    @Test
    void edits_and_deletions_of_own_messages_go_to_the_other_side() {
      Conversation live = world.live();
      world.remember(new EntryId(40), world.customer.asParticipant(), "m40");

      assertThat(
              contentsTo(Destination.DESK, world.apply(live, world.edited("m40", "I meant this"))))
          .containsExactly(new EntryContent.Edited(
              world.customer.asParticipant(), new EntryId(40), "I meant this"));
      assertThat(contentsTo(Destination.DESK, world.apply(live, world.deleted("m40"))))
          .hasSize(1);
    }

    @Test
    void nobody_changes_what_somebody_else_wrote() {
      Conversation live = world.live();
      world.remember(new EntryId(41), BEA, "m41");

      assertThat(live.decide(world.edited("m41", "Bea said this"), world))
          .isInstanceOfSatisfying(
              Decision.Refused.class,
              it -> assertThat(it.refusal().code()).isEqualTo(Refusal.Code.UNKNOWN_MESSAGE));
    }

    @Test
    void the_virtual_agent_is_silent() {
      Answer late =
          new Answer.HandOver(Answer.HandOverReason.ASKED, List.of(MessageBody.text("Bye")));

      assertThat(world.apply(world.live(), Situations.answered(late)).effects()).isEmpty();
    }

    @Test
    void the_agent_is_notified_of_a_message_that_did_not_reach_the_customer() {
      EngineEvent parked = new EngineEvent.DeliveryGivenUp(
          Situations.ID, Destination.CUSTOMER, new EntryId(9), "direct messages are closed", true);

      Decision.Applied applied = world.apply(world.live(), parked);

      assertThat(contentsTo(Destination.DESK, applied))
          .hasOnlyElementsOfType(EntryContent.Notified.class)
          .hasSize(1);
    }

    @Test
    void the_agent_is_notified_of_a_failure_that_the_carrier_reports_later() {
      Decision.Applied applied =
          world.apply(world.live(), world.notReached("the number is not in service"));

      assertThat(contentsTo(Destination.DESK, applied))
          .containsExactly(new EntryContent.Notified(
              Notice.of(NoticeKind.DELIVERY_FAILED, "reason", "the number is not in service")));
    }

    @Test
    void an_agent_who_takes_over_is_announced_and_the_customer_does_not_wait() {
      Decision.Applied applied =
          world.apply(world.live(), Situations.replacedBy(Situations.DESK, Situations.CARL));

      assertThat(applied.next().state()).isEqualTo(ConversationState.LIVE);
      assertThat(((Handling.Live) applied.next().handling()).agent()).isEqualTo(Situations.CARL);
      assertThat(contentsTo(Destination.CUSTOMER, applied))
          .containsExactly(
              new EntryContent.Notified(Notice.of(NoticeKind.AGENT_JOINED, "agent", "Carl")));
      assertThat(contentsTo(Destination.DESK, applied)).isEmpty();
    }

    @Test
    void a_desks_own_message_reaches_the_customer_without_a_name_and_changes_no_state() {
      DeskEvent said = Situations.said(Situations.DESK, "All agents are busy");

      Decision.Applied waiting = world.apply(world.waiting(), said);

      assertThat(waiting.next().state()).isEqualTo(ConversationState.WAITING);
      assertThat(contentsTo(Destination.CUSTOMER, waiting))
          .containsExactly(
              new EntryContent.Said(Participant.RELAY, MessageBody.text("All agents are busy")));
      assertThat(contentsTo(
              Destination.CUSTOMER,
              world.apply(
                  world.waiting(), Situations.said(Situations.FALLBACK, "All agents are busy"))))
          .isEmpty();
    }

    @Test
    void words_that_the_medium_answers_are_recorded_and_only_a_live_agent_reads_them() {
      EntryContent said =
          new EntryContent.Said(world.customer.asParticipant(), MessageBody.text("STOP"));

      Decision.Applied withBot = world.apply(Situations.bot(), world.noted("STOP"));
      Decision.Applied withAgent = world.apply(world.live(), world.noted("STOP"));

      assertThat(contentsTo(Destination.RECORD, withBot)).containsExactly(said);
      assertThat(contentsTo(Destination.VIRTUAL_AGENT, withBot)).isEmpty();
      assertThat(contentsTo(Destination.DESK, withAgent)).containsExactly(said);
      assertThat(contentsTo(Destination.CUSTOMER, withAgent)).isEmpty();
    }

    @Test
    void a_conversation_that_is_idle_for_a_day_closes_and_its_case_is_pending() {
      Conversation live = world.live();
      world.later(ConversationPolicy.DEFAULT.liveIdle());

      Decision.Applied applied = world.apply(live, Situations.timer());

      assertThat(applied.next().state()).isEqualTo(ConversationState.CLOSED);
      assertThat(world.supportCase.orElseThrow().status()).isEqualTo(CaseStatus.PENDING);
    }
  }

  @Nested
  class In_state_CLOSED {

    @Test
    void a_reminder_of_a_pending_case_changes_nothing_but_the_transcript() {
      Conversation closed = world.closed();

      Decision.Applied applied =
          world.apply(closed, Situations.reminder(world.aCase(CaseStatus.PENDING)));

      assertThat(applied.next()).isEqualTo(closed);
      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.CASE_REMINDER);
      assertThat(applied.effects()).hasSize(1);
    }

    @Test
    void events_of_agents_are_refused() {
      Conversation closed = world.closed();

      for (DeskEvent event : List.of(
          Situations.joined(BEA), Situations.agentWrote(BEA, "One more"), Situations.left(BEA))) {
        assertThat(closed.decide(event, world))
            .isInstanceOfSatisfying(
                Decision.Refused.class,
                it -> assertThat(it.refusal().code()).isEqualTo(Refusal.Code.CLOSED));
      }
    }
  }

  @Test
  void a_blocked_customer_is_refused_until_the_block_ends() {
    world.customer = world.customer.withBlock(
        Optional.of(new Customer.Block("spam", Optional.of(world.now.plus(Duration.ofHours(1))))));

    assertThat(Situations.fresh().decide(world.wrote("Buy gold"), world))
        .isInstanceOfSatisfying(
            Decision.Refused.class,
            it -> assertThat(it.refusal().code()).isEqualTo(Refusal.Code.BLOCKED));

    world.later(Duration.ofHours(1));
    assertThat(Situations.fresh().decide(world.wrote("Sorry"), world))
        .isInstanceOf(Decision.Applied.class);
  }
}
