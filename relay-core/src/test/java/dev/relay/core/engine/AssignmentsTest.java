package dev.relay.core.engine;

import static dev.relay.core.engine.Bench.BEA;
import static dev.relay.core.engine.Bench.CARL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.access.AgentAccount;
import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.Cases.CaseResult;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Handling;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.QueueName;
import dev.relay.core.operations.Settings;
import dev.relay.core.team.Team.Assignment;
import dev.relay.core.team.Team.Member;
import dev.relay.core.team.Team.Offering;
import dev.relay.core.team.Team.Presence;
import dev.relay.core.team.Team.Queue;
import dev.relay.core.team.Team.Status;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The engine's offers to live agents, and the return of what absent ones have. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AssignmentsTest {
  private static final Duration A_MOMENT = Duration.ofSeconds(2);
  private static final Duration ACCEPT = Duration.ofSeconds(30);

  private final Bench bench = new Bench();

  @BeforeEach
  void two_agents_and_a_queue_that_is_assigned() {
    for (var agent : Set.of(BEA, CARL)) {
      bench
          .memory
          .accounts()
          .add(new AgentAccount(
              agent.id(), agent.displayName(), Optional.empty(), bench.time.instant(), false));
    }
    bench.memory.write(transaction -> {
      transaction.save(new Queue(QueueName.DEFAULT, Assignment.ROUND_ROBIN, ACCEPT, Set.of()));
      return true;
    });
  }

  @Test
  void what_waits_is_offered_within_moments_one_after_the_other_to_those_with_room() {
    becomes("bea", Status.ONLINE);
    becomes("carl", Status.ONLINE);
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.asksForPerson("ben"));

    bench.time.pass(A_MOMENT);

    assertThat(offeredTo(1)).contains("bea");
    assertThat(offeredTo(2)).contains("carl");
    assertThat(member("bea").load()).as("the offer counts").isEqualTo(1);
  }

  @Test
  void an_agent_without_room_is_offered_nothing_more_and_whoever_waits_longest_comes_first() {
    bench.memory.accounts().replace(account("bea"), account("bea").withCapacity(1));
    becomes("bea", Status.ONLINE);
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.asksForPerson("ben"));

    bench.time.pass(A_MOMENT);

    assertThat(offeredTo(1)).contains("bea");
    assertThat(offeredTo(2)).isEmpty();
    bench.submitted(declines(1));
    bench.time.pass(A_MOMENT);
    assertThat(offeredTo(1)).as("Bea does not want it").isEmpty();
    assertThat(offeredTo(2)).contains("bea");
  }

  @Test
  void an_offer_that_nobody_answers_goes_to_the_next_agent_and_back_again() {
    becomes("bea", Status.ONLINE);
    becomes("carl", Status.ONLINE);
    bench.submitted(bench.asksForPerson("ada"));
    bench.time.pass(A_MOMENT);
    assertThat(offeredTo(1)).contains("bea");

    bench.time.pass(ACCEPT);
    assertThat(offeredTo(1)).contains("carl");
    bench.time.pass(ACCEPT.plus(A_MOMENT));
    assertThat(offeredTo(1)).contains("bea");
    bench.time.pass(ACCEPT.plus(A_MOMENT).multipliedBy(5));

    assertThat(offeredTo(1)).as("all are away now: everybody may accept it").isEmpty();
    assertThat(member("bea").presence().status()).isEqualTo(Status.AWAY);
    assertThat(member("carl").presence().status()).isEqualTo(Status.AWAY);
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.WAITING);
  }

  @Test
  void an_offer_survives_a_restart_and_ends_after_it() {
    becomes("bea", Status.ONLINE);
    becomes("carl", Status.ONLINE);
    bench.submitted(bench.asksForPerson("ada"));
    bench.time.pass(A_MOMENT);
    bench.engine().stop(Duration.ofMillis(1));

    bench.newEngine("next").start();
    bench.time.pass(A_MOMENT);
    assertThat(offeredTo(1)).contains("bea");
    bench.time.pass(ACCEPT);

    assertThat(offeredTo(1)).contains("carl");
  }

  @Test
  void an_offer_to_an_agent_whose_account_is_disabled_goes_to_the_next_one() {
    becomes("bea", Status.ONLINE);
    becomes("carl", Status.ONLINE);
    bench.submitted(bench.asksForPerson("ada"));
    bench.time.pass(A_MOMENT);

    bench.memory.accounts().replace(account("bea"), account("bea").withDisabled(true));
    bench.time.pass(A_MOMENT.multipliedBy(2));

    assertThat(offeredTo(1)).contains("carl");
  }

  @Test
  void a_case_does_not_come_back_to_an_agent_who_has_left() {
    becomes("bea", Status.ONLINE);
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.joined(1, BEA));
    bench.submitted(
        new DeskEvent.AgentEnded(new ConversationId(1), Optional.empty(), BEA, CaseStatus.SOLVED));
    disable("bea");

    assertThat(changed(CaseChange.status(CaseStatus.OPEN)))
        .isInstanceOfSatisfying(
            CaseResult.Saved.class,
            it -> assertThat(it.supportCase().assignee().isEmpty()).isTrue());
    assertThat(changed(CaseChange.none().withAssignee(Optional.of(BEA))))
        .isInstanceOfSatisfying(
            CaseResult.Refused.class, it -> assertThat(it.field()).isEqualTo("assignee"));
    assertThat(changed(CaseChange.none().withAssignee(Optional.of(CARL))))
        .isInstanceOf(CaseResult.Saved.class);
  }

  @Test
  void the_card_of_a_case_follows_when_its_agent_has_left() {
    bench.submitted(new CustomerEvent.CaseFiled(
        bench.origin("ada"), CaseKind.BUG, "The lift is stuck", "since noon", Map.of()));
    changed(CaseChange.none().withAssignee(Optional.of(BEA)));
    int before = bench.cards.size();

    disable("bea");

    assertThat(bench.engine().services().cases().find(new CaseNumber(1001)))
        .hasValueSatisfying(it -> assertThat(it.assignee().isEmpty()).isTrue());
    assertThat(bench.cards).hasSize(before + 1);
  }

  @Test
  void an_agent_who_has_left_no_longer_helps_a_colleague() {
    becomes("bea", Status.ONLINE);
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.joined(1, BEA));
    bench.submitted(new DeskEvent.ColleagueJoined(new ConversationId(1), Optional.empty(), CARL));

    disable("carl");

    assertThat(bench.conversation(1).handling()).isInstanceOfSatisfying(Handling.Live.class, it -> {
      assertThat(it.agent().id()).isEqualTo("bea");
      assertThat(it.colleagues()).isEmpty();
    });
  }

  @Test
  void conversations_of_an_agent_who_is_offline_for_long_wait_again_if_the_operator_wants_it() {
    bench.settings =
        Settings.builder().releaseAbsentAfter(Duration.ofMinutes(10)).build();
    becomes("bea", Status.ONLINE);
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.joined(1, BEA));
    becomes("bea", Status.OFFLINE);

    bench.time.pass(Duration.ofMinutes(9));
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.LIVE);
    bench.time.pass(Duration.ofMinutes(2));

    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.WAITING);
    assertThat(bench.textsToCustomers())
        .filteredOn(text -> text.contains("had to leave"))
        .hasSize(1);
  }

  @Test
  void a_night_in_which_the_machine_slept_makes_nobody_absent() {
    bench.settings =
        Settings.builder().releaseAbsentAfter(Duration.ofMinutes(10)).build();
    becomes("bea", Status.ONLINE);
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.joined(1, BEA));
    becomes("bea", Status.OFFLINE);
    bench.time.pass(A_MOMENT);

    bench.time.jump(Duration.ofHours(8));
    bench.time.pass(A_MOMENT);

    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.LIVE);
  }

  @Test
  void conversations_stay_with_an_absent_agent_unless_the_operator_wants_it_otherwise() {
    becomes("bea", Status.ONLINE);
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.joined(1, BEA));
    becomes("bea", Status.OFFLINE);

    bench.time.pass(Duration.ofHours(2));

    assertThat(bench.conversation(1).handling()).isInstanceOf(Handling.Live.class);
  }

  private void becomes(String agent, Status status) {
    var changed =
        bench.engine().services().teams().become(agent, EnumSet.allOf(Status.class), status);
    bench.time.settle();
    assertThat(changed.join()).map(Presence::status).contains(status);
  }

  private static DeskEvent declines(long conversation) {
    return new DeskEvent.OfferDeclined(new ConversationId(conversation), Optional.empty(), BEA);
  }

  private Optional<String> offeredTo(long conversation) {
    return ((Handling.Waiting) bench.conversation(conversation).handling())
        .offering()
        .current()
        .map(Offering.Offer::agent);
  }

  private Member member(String agent) {
    return bench.memory.read(queries -> queries.team().member(agent)).orElseThrow();
  }

  private void disable(String agent) {
    bench.memory.accounts().replace(account(agent), account(agent).withDisabled(true));
    bench.time.pass(A_MOMENT.multipliedBy(2));
  }

  private CaseResult changed(CaseChange change) {
    var result = bench
        .engine()
        .services()
        .cases()
        .change(new CaseNumber(1001), change, CARL, OptionalLong.empty());
    bench.time.settle();
    return result.join();
  }

  private AgentAccount account(String agent) {
    return bench.memory.accounts().find(agent).orElseThrow();
  }
}
