package dev.relay.core.conversation;

import static dev.relay.core.conversation.Situations.BEA;
import static dev.relay.core.conversation.Situations.CARL;
import static dev.relay.core.conversation.Situations.START;
import static dev.relay.core.conversation.Situations.noticesToCustomer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.conversation.Decision.Effect;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Button;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.team.Team;
import dev.relay.core.team.Team.Assignment;
import dev.relay.core.team.Team.Member;
import dev.relay.core.team.Team.Offering;
import dev.relay.core.team.Team.Presence;
import dev.relay.core.team.Team.Queue;
import dev.relay.core.team.Team.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Conversations of a queue that Relay assigns: they are offered to one live agent at a time. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OfferTest {
  private static final EngineEvent DUE = new EngineEvent.OfferDue(Situations.ID);
  private static final EngineEvent OVER = new EngineEvent.OfferOver(Situations.ID);
  private static final DeskEvent BEA_DECLINES =
      new DeskEvent.OfferDeclined(Situations.ID, Optional.empty(), BEA);

  private final Situations world = new Situations();

  @BeforeEach
  void two_agents_are_online() {
    team(Assignment.ROUND_ROBIN, online(BEA), online(CARL));
  }

  @Test
  void a_waiting_conversation_is_offered_to_one_agent_for_a_set_time() {
    Decision.Applied applied = world.apply(world.waiting(), DUE);

    assertThat(offeringOf(applied.next()).current())
        .contains(new Offering.Offer("bea", START.plusSeconds(30)));
    assertThat(presences(applied))
        .extracting(Presence::offeredAt)
        .containsExactly(Optional.of(START));
    assertThat(noticesToCustomer(applied)).as("the customer waits as before").isEmpty();
  }

  @Test
  void a_second_offer_is_not_made() {
    Conversation offered = world.next(world.waiting(), DUE);

    assertThat(world.apply(offered, DUE).next()).isEqualTo(offered);
  }

  @Test
  void the_customer_keeps_their_place_and_their_time_out() {
    Conversation waiting = world.waiting();
    world.later(Duration.ofMinutes(2));
    Conversation offered = world.next(waiting, DUE);
    world.later(Duration.ofSeconds(30));
    Conversation passed = world.next(offered, OVER);

    for (Conversation each : List.of(offered, passed)) {
      assertThat(((Handling.Waiting) each.handling()).turn())
          .isEqualTo(((Handling.Waiting) waiting.handling()).turn());
      assertThat(each.wakeAt()).isEqualTo(waiting.wakeAt());
    }
  }

  @Test
  void only_the_agent_to_whom_it_is_offered_accepts_it_while_the_offer_lasts() {
    Conversation offered = world.next(world.waiting(), DUE);

    Decision refused = offered.decide(Situations.joined(CARL), world);
    assertThat(((Decision.Refused) refused).refusal().code()).isEqualTo(Refusal.Code.ALREADY_TAKEN);
    assertThat(agentOf(world.next(offered, Situations.joined(BEA)))).isEqualTo(BEA);
    world.later(Duration.ofSeconds(30));
    assertThat(agentOf(world.next(offered, Situations.joined(CARL)))).isEqualTo(CARL);
  }

  @Test
  void a_supervisor_takes_it_over_although_it_is_offered() {
    Conversation offered = world.next(world.waiting(), DUE);

    Event takesOver =
        new DeskEvent.AgentTookOver(Situations.ID, Optional.empty(), Situations.DESK, CARL);

    assertThat(agentOf(world.next(offered, takesOver))).isEqualTo(CARL);
  }

  @Test
  void the_agent_of_another_desk_who_has_accepted_it_has_it() {
    Conversation offered = world.next(world.waiting(), DUE);

    assertThat(agentOf(world.next(
            offered, Situations.joinedAt(Situations.FALLBACK, Participant.agent("flo", "Flo")))))
        .extracting(Participant::id)
        .isEqualTo("flo");
  }

  @Test
  void an_offer_that_passes_counts_against_its_agent_and_the_next_one_is_asked() {
    Conversation offered = world.next(world.waiting(), DUE);
    assertThat(world.apply(offered, OVER).next()).as("too early").isEqualTo(offered);
    world.later(Duration.ofSeconds(30));

    Decision.Applied passed = world.apply(offered, OVER);

    assertThat(presences(passed)).extracting(Presence::misses).containsExactly(1);
    assertThat(offeringOf(world.next(passed.next(), DUE)).isTo("carl")).isTrue();
    assertThat(world.apply(passed.next(), OVER).effects()).as("repeated").isEmpty();
  }

  @Test
  void a_declined_offer_goes_to_the_next_agent_and_forgives_what_was_missed() {
    Presence missed = online(BEA).presence().missed(START);
    team(Assignment.ROUND_ROBIN, new Member(BEA, true, 5, 0, missed), online(CARL));
    Conversation offered = world.next(world.waiting(), DUE);

    Decision.Applied declined = world.apply(offered, BEA_DECLINES);

    assertThat(presences(declined)).extracting(Presence::misses).containsExactly(0);
    assertThat(offeringOf(world.next(declined.next(), DUE)).isTo("carl")).isTrue();
    assertThat(world.apply(declined.next(), BEA_DECLINES).effects())
        .as("repeated")
        .isEmpty();
  }

  @Test
  void nobody_declines_what_is_offered_to_somebody_else_or_to_nobody() {
    Conversation offered = world.next(world.waiting(), DUE);
    DeskEvent carlDeclines = new DeskEvent.OfferDeclined(Situations.ID, Optional.empty(), CARL);

    for (Conversation each : List.of(offered, Situations.bot(), new Situations().live())) {
      assertThat(world.apply(each, carlDeclines).next()).isEqualTo(each);
    }
  }

  @Test
  void an_offer_to_an_agent_who_goes_away_is_withdrawn_and_does_not_count_against_them() {
    Conversation offered = world.next(world.waiting(), DUE);
    Member away = new Member(BEA, true, 5, 1, online(BEA).presence().become(Status.AWAY, START));
    team(Assignment.ROUND_ROBIN, away, online(CARL));

    Decision.Applied withdrawn = world.apply(offered, OVER);

    assertThat(withdrawn.effects()).isEmpty();
    assertThat(offeringOf(withdrawn.next())).isEqualTo(Offering.NONE);
  }

  @Test
  void nothing_is_offered_in_a_queue_of_agents_who_choose_or_of_another_desk() {
    team(Assignment.PULL, online(BEA));
    Conversation waiting = world.waiting();
    assertThat(world.apply(waiting, DUE).next()).isEqualTo(waiting);

    team(Assignment.ROUND_ROBIN, online(BEA));
    Conversation elsewhere =
        inState(waiting, new Handling.Waiting(QueueName.DEFAULT, new PortId("flex"), START));
    assertThat(world.apply(elsewhere, DUE).next()).isEqualTo(elsewhere);
  }

  @Test
  void only_waiting_conversations_are_offered() {
    for (Conversation each :
        List.of(Situations.bot(), new Situations().live(), new Situations().closed())) {
      for (Event event : List.of(DUE, OVER)) {
        assertThat(each.decide(event, world))
            .isInstanceOfSatisfying(
                Decision.Applied.class, applied -> assertThat(applied.next()).isEqualTo(each));
      }
    }
  }

  @Test
  void an_agent_who_leaves_a_conversation_is_not_offered_it_again() {
    Conversation live = world.next(world.waiting(), Situations.joined(BEA));
    Conversation left = world.next(live, Situations.left(BEA));

    Conversation offered = world.next(left, DUE);
    assertThat(offeringOf(offered).isTo("carl")).isTrue();
  }

  @Test
  void a_new_priority_keeps_the_offer_and_another_queue_ends_it() {
    Conversation offered = world.next(world.waiting(), DUE);
    world.queues = Set.of(QueueName.DEFAULT, new QueueName("vip"));

    Conversation urgent = world.next(offered, changed(offered, Optional.empty()));
    assertThat(((Handling.Waiting) urgent.handling()).priority()).isEqualTo(CasePriority.URGENT);
    assertThat(offeringOf(urgent).isTo("bea")).isTrue();
    Conversation moved = world.next(offered, changed(offered, Optional.of(new QueueName("vip"))));
    assertThat(offeringOf(moved)).isEqualTo(Offering.NONE);
  }

  private EngineEvent changed(Conversation conversation, Optional<QueueName> queue) {
    var before = world.supportCase.orElseThrow();
    var decision = before.change(
        new CaseChange(
            Optional.empty(),
            Optional.of(CasePriority.URGENT),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            queue,
            Optional.empty()),
        BEA,
        world.casePolicy(),
        world.now());
    return new EngineEvent.CaseChanged(
        conversation.id(), ((SupportCase.CaseDecision.Changed) decision).next());
  }

  @Test
  void a_customer_reads_that_nobody_is_there_if_all_agents_of_an_assigned_queue_are_away() {
    team(Assignment.LEAST_BUSY, member(BEA, Status.AWAY), member(CARL, Status.OFFLINE));

    Decision.Applied applied = world.apply(Situations.bot(), world.pressed(Button.TALK_TO_PERSON));

    assertThat(applied.next().state()).isEqualTo(ConversationState.BOT);
    assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.OUTSIDE_BUSINESS_HOURS);
  }

  @Test
  void a_customer_waits_if_all_agents_are_busy_or_choose_from_the_list_themselves() {
    for (Team team : List.of(
        new Team(
            List.of(queue(Assignment.LEAST_BUSY)),
            List.of(new Member(BEA, true, 1, 1, online(BEA).presence()))),
        new Team(List.of(queue(Assignment.PULL)), List.of(member(BEA, Status.AWAY))))) {
      world.team = team;
      assertThat(world.waiting().state()).isEqualTo(ConversationState.WAITING);
    }
  }

  @Test
  void a_transfer_to_an_assigned_queue_whose_agents_are_away_is_refused() {
    Conversation live = world.live();
    team(Assignment.LEAST_BUSY, member(CARL, Status.AWAY));
    world.team = new Team(
        List.of(
            new Queue(new QueueName("vip"), Assignment.LEAST_BUSY, Queue.DEFAULT_OFFER, Set.of())),
        List.of(member(CARL, Status.AWAY)));

    assertThat(((Decision.Refused) live.decide(Situations.toQueue(BEA, "vip"), world))
            .refusal()
            .message())
        .isEqualTo("nobody works in queue vip at the moment");
  }

  @Test
  void what_an_absent_agent_has_waits_at_its_old_place_and_the_customer_reads_one_notice() {
    Conversation waiting = world.waiting();
    world.later(Duration.ofMinutes(7));
    Conversation live = world.next(waiting, Situations.joined(BEA));
    EngineEvent absent = new EngineEvent.AgentAbsent(Situations.ID, "bea");
    assertThat(world.apply(live, absent).next()).as("Bea has come back").isEqualTo(live);
    team(Assignment.PULL, member(BEA, Status.OFFLINE));

    Decision.Applied applied = world.apply(live, absent);

    assertThat(((Handling.Waiting) applied.next().handling()).since()).isEqualTo(START);
    assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.AGENT_LEFT);
    assertThatObject(world.supportCase.orElseThrow().assignee()).isEqualTo(Optional.empty());
    assertThat(world.apply(applied.next(), absent).effects()).as("repeated").isEmpty();
  }

  private void team(Assignment assignment, Member... members) {
    world.team = new Team(List.of(queue(assignment)), List.of(members));
  }

  private static Queue queue(Assignment assignment) {
    return new Queue(QueueName.DEFAULT, assignment, Duration.ofSeconds(30), Set.of());
  }

  private static Member online(Participant agent) {
    return member(agent, Status.ONLINE);
  }

  private static Member member(Participant agent, Status status) {
    Instant before = START.minusSeconds(60);
    return new Member(agent, true, 5, 0, Presence.unknown(agent.id()).become(status, before));
  }

  private static Offering offeringOf(Conversation conversation) {
    return ((Handling.Waiting) conversation.handling()).offering();
  }

  private static Participant agentOf(Conversation conversation) {
    return ((Handling.Live) conversation.handling()).agent();
  }

  private static List<Presence> presences(Decision.Applied applied) {
    return applied.effects().stream()
        .filter(Effect.SavePresence.class::isInstance)
        .map(effect -> ((Effect.SavePresence) effect).presence())
        .toList();
  }

  private static Conversation inState(Conversation old, Handling handling) {
    return new Conversation(
        old.id(),
        old.customer(),
        old.address(),
        old.locale(),
        handling,
        old.route(),
        old.supportCase(),
        old.resolution(),
        old.openedAt(),
        old.lastActivityAt(),
        old.wakeAt(),
        old.version());
  }
}
