package dev.relay.core.conversation;

import static dev.relay.core.conversation.Situations.BEA;
import static dev.relay.core.conversation.Situations.CARL;
import static dev.relay.core.conversation.Situations.contentsTo;
import static dev.relay.core.conversation.Situations.noticesToCustomer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.cases.SupportCase.CaseDecision;
import dev.relay.core.id.Destination;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.team.Team;
import dev.relay.core.team.Team.Member;
import dev.relay.core.team.Team.Presence;
import dev.relay.core.team.Team.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Conversations that are passed on inside the team, and messages that stay there. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransferTest {
  private static final QueueName VIP = new QueueName("vip");
  private static final Participant DORA = Participant.agent("dora", "Dora");

  private final Situations world = new Situations();

  @BeforeEach
  void a_colleague() {
    Presence there = Presence.unknown("dora").become(Status.ONLINE, Situations.START);
    Member gone = new Member(Participant.agent("eve", "Eve"), false, 5, 0, Presence.unknown("eve"));
    world.team = new Team(List.of(), List.of(new Member(DORA, true, 5, 0, there), gone));
  }

  @Test
  void a_live_conversation_waits_in_the_other_queue_since_the_customer_began_to_wait() {
    Conversation waiting = world.waiting();
    world.later(Duration.ofMinutes(7));
    Conversation live = world.next(waiting, Situations.joined(BEA));
    world.later(Duration.ofMinutes(7));

    Decision.Applied applied =
        world.apply(live, Situations.toQueue(BEA, false, "vip", "She has the receipt"));

    Handling.Waiting now = (Handling.Waiting) applied.next().handling();
    assertThat(now.queue()).isEqualTo(VIP);
    assertThat(now.since()).isEqualTo(Situations.START);
    assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.TRANSFERRED);
    assertThat(contentsTo(Destination.RECORD, applied))
        .containsExactly(new EntryContent.Whispered(BEA, "She has the receipt"));
    assertThat(world.supportCase.orElseThrow().queue()).isEqualTo(VIP);
    assertThatObject(world.supportCase.orElseThrow().assignee()).isEqualTo(Optional.empty());
  }

  @Test
  void a_waiting_conversation_keeps_its_time_and_the_customer_reads_the_new_place() {
    Conversation waiting = world.waiting();
    world.later(Duration.ofMinutes(7));
    world.othersWaiting = 2;

    Decision.Applied applied = world.apply(waiting, Situations.toQueue(BEA, "vip"));

    Handling.Waiting now = (Handling.Waiting) applied.next().handling();
    assertThat(now.queue()).isEqualTo(VIP);
    assertThat(now.since()).isEqualTo(Situations.START);
    assertThat(applied.next().wakeAt()).isEqualTo(waiting.wakeAt());
    assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.QUEUE_POSITION);
  }

  @Test
  void a_transfer_to_the_queue_in_which_it_waits_changes_nothing() {
    Conversation waiting = world.waiting();

    assertThat(world.apply(waiting, Situations.toQueue(BEA, "default")).next()).isEqualTo(waiting);
  }

  @Test
  void a_colleague_has_a_conversation_at_once_and_the_customer_reads_one_notice() {
    for (Conversation before : List.of(world.waiting(), new Situations().live())) {
      Decision.Applied applied = world.apply(before, Situations.toAgent(BEA, "dora"));

      Handling.Live now = (Handling.Live) applied.next().handling();
      assertThat(now.agent()).isEqualTo(DORA);
      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.AGENT_JOINED);
    }
  }

  @Test
  void only_the_agent_who_has_it_or_a_supervisor_passes_a_live_conversation_on() {
    Conversation live = world.live();

    assertThat(refusal(live, Situations.toQueue(CARL, "vip")).code())
        .isEqualTo(Refusal.Code.ALREADY_TAKEN);
    assertThat(
            world.apply(live, Situations.toQueue(CARL, true, "vip", "")).next().state())
        .isEqualTo(ConversationState.WAITING);
  }

  @Test
  void queues_and_agents_are_not_invented() {
    for (Conversation before : List.of(world.waiting(), new Situations().live())) {
      assertThat(refusal(before, Situations.toQueue(BEA, "vpi")).message())
          .isEqualTo("queue \"vpi\" does not exist (known: [default, vip])");
      assertThat(refusal(before, Situations.toAgent(BEA, "nobody")).message())
          .contains("transfer to one of its queues");
      assertThat(refusal(before, Situations.toAgent(BEA, "eve")).code())
          .as("Eve is disabled")
          .isEqualTo(Refusal.Code.INVALID);
    }
  }

  @Test
  void nobody_is_passed_to_a_queue_in_which_nobody_works() {
    Conversation live = world.live();
    world.staffed = false;

    assertThat(refusal(live, Situations.toQueue(BEA, "vip")))
        .isEqualTo(new Refusal(Refusal.Code.UNSTAFFED, "nobody works in queue vip at the moment"));
  }

  @Test
  void what_a_gone_agent_had_waits_at_its_old_place_and_is_nobodys() {
    Conversation waiting = world.waiting();
    world.later(Duration.ofMinutes(7));
    Conversation live = world.next(waiting, Situations.joined(BEA));

    Decision.Applied applied =
        world.apply(live, new EngineEvent.AgentGone(Situations.ID, BEA.id()));

    assertThat(((Handling.Waiting) applied.next().handling()).since()).isEqualTo(Situations.START);
    assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.AGENT_LEFT);
    assertThatObject(world.supportCase.orElseThrow().assignee()).isEqualTo(Optional.empty());
    assertThat(
            world.apply(live, new EngineEvent.AgentGone(Situations.ID, "carl")).next())
        .isEqualTo(live);
  }

  @Test
  void an_internal_message_has_no_destination_in_any_state() {
    for (Conversation before :
        List.of(Situations.bot(), world.waiting(), new Situations().live())) {
      Decision.Applied applied = world.apply(before, Situations.whispered(CARL, "Offer a refund"));

      assertThat(applied.effects()).hasSize(1);
      assertThat(contentsTo(Destination.RECORD, applied))
          .containsExactly(new EntryContent.Whispered(CARL, "Offer a refund"));
      assertThat(applied.next()).isEqualTo(before);
    }
    assertThat(refusal(new Situations().closed(), Situations.whispered(CARL, "late"))
            .code())
        .isEqualTo(Refusal.Code.CLOSED);
  }

  @Test
  void a_colleague_joins_and_leaves_and_the_customer_notices_nothing() {
    Conversation live = world.live();

    Decision.Applied joined = world.apply(live, Situations.colleagueJoined(CARL));
    Decision.Applied again = world.apply(joined.next(), Situations.colleagueJoined(CARL));
    Decision.Applied left = world.apply(again.next(), Situations.colleagueLeft(CARL));

    assertThat(colleagues(joined)).containsExactly(CARL);
    assertThat(joined.effects()).isEmpty();
    assertThat(again.next()).isEqualTo(joined.next());
    assertThat(left.next()).isEqualTo(live);
    assertThat(left.effects()).isEmpty();
    assertThat(world.apply(live, Situations.colleagueLeft(CARL)).next()).isEqualTo(live);
  }

  @Test
  void a_colleague_who_joins_or_leaves_does_not_touch_the_timer() {
    Conversation asked =
        world.next(world.live(), new DeskEvent.CloseProposed(Situations.ID, Optional.empty(), BEA));
    Conversation postponed =
        world.next(asked, new EngineEvent.TimerPostponed(Situations.ID, Duration.ofHours(8)));
    world.later(Duration.ofHours(8));

    Conversation joined = world.next(postponed, Situations.colleagueJoined(CARL));

    assertThat(joined.wakeAt()).isEqualTo(postponed.wakeAt());
    assertThat(world.next(joined, Situations.colleagueLeft(CARL)).wakeAt())
        .isEqualTo(postponed.wakeAt());
  }

  @Test
  void a_colleague_who_is_gone_neither_joins_nor_helps_any_longer() {
    Participant eve = Participant.agent("eve", "Eve");
    Conversation live = world.live();
    assertThat(refusal(live, Situations.colleagueJoined(eve)).code())
        .isEqualTo(Refusal.Code.INVALID);
    Conversation helped = world.next(live, Situations.colleagueJoined(CARL));

    Decision.Applied gone = world.apply(helped, new EngineEvent.AgentGone(Situations.ID, "carl"));

    assertThat(colleagues(gone)).isEmpty();
    assertThat(gone.next().state()).isEqualTo(ConversationState.LIVE);
  }

  @Test
  void whoever_joins_returns_the_customer_to_the_queue_of_their_case() {
    Conversation bot = world.next(world.waiting(), Situations.declined());
    CaseChange toVip = new CaseChange(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(VIP),
        Optional.empty());
    world.supportCase = world.supportCase.map(it ->
        ((CaseDecision.Changed) it.change(toVip, BEA, world.casePolicy(), world.now())).next());

    Conversation live = world.next(bot, Situations.joined(BEA));

    assertThat(bot.state()).isEqualTo(ConversationState.BOT);
    assertThat(((Handling.Live) live.handling()).queue()).isEqualTo(VIP);
    assertThat(((Handling.Waiting) world.next(live, Situations.left(BEA)).handling()).queue())
        .isEqualTo(VIP);
  }

  @Test
  void whoever_has_the_conversation_does_not_join_it_besides() {
    Conversation live = world.live();

    assertThat(world.apply(live, Situations.colleagueJoined(BEA)).next()).isEqualTo(live);
  }

  @Test
  void a_colleague_who_gets_the_conversation_no_longer_helps_and_the_others_stay() {
    Conversation live = world.live();
    live = world.next(live, Situations.colleagueJoined(DORA));
    live = world.next(live, Situations.colleagueJoined(CARL));

    Decision.Applied passed = world.apply(live, Situations.toAgent(BEA, "dora"));

    assertThat(((Handling.Live) passed.next().handling()).agent()).isEqualTo(DORA);
    assertThat(colleagues(passed)).containsExactly(CARL);
  }

  @Test
  void colleagues_have_left_when_the_conversation_is_no_longer_live() {
    Conversation live = world.next(world.live(), Situations.colleagueJoined(CARL));

    Conversation waiting = world.next(live, Situations.left(BEA));
    Conversation taken = world.next(waiting, Situations.joined(BEA));

    assertThat(((Handling.Live) taken.handling()).colleagues()).isEmpty();
    assertThat(refusal(waiting, Situations.colleagueJoined(CARL)).code())
        .isEqualTo(Refusal.Code.NOT_LIVE);
  }

  @Test
  void no_more_colleagues_join_than_a_conversation_can_show() {
    Conversation live = world.live();
    for (int i = 0; i < Handling.Live.MAX_COLLEAGUES; i++) {
      live = world.next(live, Situations.colleagueJoined(Participant.agent("c" + i, "C" + i)));
    }

    assertThat(refusal(live, Situations.colleagueJoined(CARL)).code())
        .isEqualTo(Refusal.Code.INVALID);
  }

  private static List<Participant> colleagues(Decision.Applied applied) {
    return ((Handling.Live) applied.next().handling()).colleagues();
  }

  private Refusal refusal(Conversation conversation, Event event) {
    return ((Decision.Refused) conversation.decide(event, world)).refusal();
  }
}
