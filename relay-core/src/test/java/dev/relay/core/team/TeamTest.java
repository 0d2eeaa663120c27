package dev.relay.core.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
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
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The rules of teams. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TeamTest {
  private static final QueueName VIP = new QueueName("vip");
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

  @Test
  void a_queue_without_members_is_everybodys_and_one_with_members_is_theirs() {
    Team team = team(queue(Assignment.PULL, "ann"));

    assertThat(team.scopeOf("ann").sees(VIP)).isTrue();
    assertThat(team.scopeOf("bob").sees(VIP)).isFalse();
    assertThat(team.scopeOf("bob").sees(QueueName.DEFAULT)).isTrue();
    assertThat(team(queue(Assignment.PULL)).scopeOf("bob").sees(VIP)).isTrue();
  }

  @Test
  void agents_see_what_they_have_themselves_in_a_queue_of_others() {
    Team.Scope bobs = team(queue(Assignment.PULL, "ann")).scopeOf("bob");

    assertThat(bobs.sees(VIP, Optional.of(Participant.agent("bob", "Bob")))).isTrue();
    assertThat(bobs.sees(VIP, Optional.of(Participant.agent("ann", "Ann")))).isFalse();
    assertThat(bobs.sees(VIP, Optional.empty())).isFalse();
  }

  @Test
  void nothing_is_offered_in_a_queue_whose_agents_choose() {
    Team team = team(queue(Assignment.PULL), online("ann", 0, 5));

    assertThat(team.next(VIP, Set.of())).isEmpty();
    assertThat(team.isStaffed(VIP)).isTrue();
  }

  @Test
  void the_next_in_turn_is_whoever_got_an_offer_longest_ago() {
    Team team = team(
        queue(Assignment.ROUND_ROBIN),
        offered(online("ann", 0, 5), 10),
        offered(online("bob", 4, 5), 20),
        online("cleo", 4, 5));

    assertThat(team.next(VIP, Set.of())).map(Member::id).contains("cleo");
    assertThat(team.next(VIP, Set.of("cleo"))).map(Member::id).contains("ann");
    assertThat(team.next(VIP, Set.of("cleo", "ann"))).map(Member::id).contains("bob");
    assertThat(team.next(VIP, Set.of("cleo", "ann", "bob"))).isEmpty();
  }

  @Test
  void the_least_busy_comes_first_and_among_equals_the_one_whose_turn_it_is() {
    Team team = team(
        queue(Assignment.LEAST_BUSY),
        online("ann", 2, 5),
        offered(online("bob", 1, 5), 20),
        offered(online("cleo", 1, 5), 10));

    assertThat(team.next(VIP, Set.of())).map(Member::id).contains("cleo");
  }

  @Test
  void nothing_is_offered_to_those_without_room_to_those_away_or_disabled_or_of_other_teams() {
    Team team = team(
        queue(Assignment.LEAST_BUSY, "ann", "bob", "cleo", "dan"),
        online("ann", 5, 5),
        member("bob", Status.AWAY),
        member("cleo", Status.OFFLINE),
        new Member(
            Participant.agent("dan", "Dan"), false, 5, 0, online("dan", 0, 5).presence()),
        online("eve", 0, 5));

    assertThat(team.next(VIP, Set.of())).isEmpty();
    assertThat(team.isStaffed(VIP)).as("Ann is there, and busy").isTrue();
  }

  @Test
  void a_queue_whose_agents_are_all_away_is_not_staffed() {
    assertThat(team(queue(Assignment.LEAST_BUSY), member("ann", Status.AWAY)).isStaffed(VIP))
        .isFalse();
    assertThat(team(queue(Assignment.LEAST_BUSY, "bob"), online("ann", 0, 5)).isStaffed(VIP))
        .isFalse();
  }

  @Test
  void whoever_missed_an_offer_comes_again_after_all_others_and_whoever_declined_does_not() {
    Team team = team(queue(Assignment.ROUND_ROBIN), online("ann", 0, 5), online("bob", 0, 5));

    Offering first = team.offer(VIP, Offering.NONE, NOW).orElseThrow();
    assertThat(first.current()).contains(new Offering.Offer("ann", NOW.plusSeconds(30)));
    Offering second = team.offer(VIP, first.ended(Offering.End.MISSED), NOW).orElseThrow();
    assertThat(second.isTo("bob")).isTrue();
    Offering third = team.offer(VIP, second.refused(), NOW).orElseThrow();
    assertThat(third.isTo("ann")).as("Ann again: Bob has declined").isTrue();
    assertThat(team.offer(VIP, third.refused(), NOW)).as("nobody is left").isEmpty();
  }

  @Test
  void a_second_offer_is_not_made_while_one_waits_for_its_answer() {
    Team team = team(queue(Assignment.ROUND_ROBIN), online("ann", 0, 5), online("bob", 0, 5));
    Offering first = team.offer(VIP, Offering.NONE, NOW).orElseThrow();

    assertThat(team.offer(VIP, first, NOW.plusSeconds(60))).isEmpty();
  }

  @Test
  void an_offer_is_missed_once_its_time_is_over_and_not_before() {
    Team team = team(queue(Assignment.ROUND_ROBIN), online("ann", 0, 5));
    Offering offering = team.offer(VIP, Offering.NONE, NOW).orElseThrow();

    assertThat(team.endOf(VIP, offering, NOW.plusMillis(29_999))).isEmpty();
    assertThat(team.endOf(VIP, offering, NOW.plusSeconds(30))).contains(Offering.End.MISSED);
    assertThat(offering.openAt(NOW.plusMillis(29_999))).isPresent();
    assertThat(offering.openAt(NOW.plusSeconds(30))).isEmpty();
  }

  @Test
  void an_offer_to_somebody_who_cannot_answer_any_longer_is_withdrawn_at_once() {
    Offering offering = Offering.NONE.offered("ann", NOW.plusSeconds(30));
    Queue queue = queue(Assignment.LEAST_BUSY);
    Member gone = new Member(
        Participant.agent("ann", "Ann"), false, 5, 1, online("ann", 0, 5).presence());

    for (Team team : List.of(
        team(queue, member("ann", Status.AWAY)),
        team(queue, member("ann", Status.OFFLINE)),
        team(queue, gone),
        team(queue),
        team(queue(Assignment.LEAST_BUSY, "bob"), online("ann", 0, 5)),
        team(queue(Assignment.PULL), online("ann", 0, 5)))) {
      assertThat(team.endOf(VIP, offering, NOW)).contains(Offering.End.WITHDRAWN);
    }
    assertThat(offering.ended(Offering.End.WITHDRAWN)).isEqualTo(Offering.NONE);
  }

  @Test
  void an_offer_that_was_made_by_a_clock_ahead_is_withdrawn_when_it_is_set_right() {
    Team team = team(queue(Assignment.LEAST_BUSY), online("ann", 0, 5));
    Offering offering = Offering.NONE.offered("ann", NOW.plus(Duration.ofDays(365)));

    assertThat(team.endOf(VIP, offering, NOW)).contains(Offering.End.WITHDRAWN);
  }

  @Test
  void an_agent_is_absent_who_was_there_once_and_is_offline_since_before_the_moment() {
    assertThat(member("ann", Status.OFFLINE).isAbsentSince(NOW))
        .as("never seen")
        .isFalse();
    Presence left = Presence.unknown("ann").become(Status.ONLINE, NOW).become(Status.OFFLINE, NOW);
    Member ann = new Member(Participant.agent("ann", "Ann"), true, 5, 1, left);
    assertThat(ann.isAbsentSince(NOW)).isFalse();
    assertThat(ann.isAbsentSince(NOW.plusMillis(1))).isTrue();
    assertThat(member("ann", Status.AWAY).isAbsentSince(NOW.plusSeconds(9))).isFalse();
  }

  @Test
  void a_departure_or_return_is_unsettled_until_it_is_recorded_and_nothing_is_left() {
    Presence released = Presence.unknown("ann").gone(NOW);
    Participant ann = Participant.agent("ann", "Ann");

    assertThat(member("ann", Status.ONLINE).isUnsettled()).isFalse();
    assertThat(new Member(ann, false, 5, 0, Presence.unknown("ann")).isUnsettled())
        .isTrue();
    assertThat(new Member(ann, false, 5, 0, released).isUnsettled()).isFalse();
    assertThat(new Member(ann, false, 5, 1, released).isUnsettled()).isTrue();
    assertThat(new Member(ann, true, 5, 0, released).isUnsettled()).isTrue();
    assertThat(new Member(ann, true, 5, 0, released.back()).isUnsettled()).isFalse();
  }

  @Test
  void the_third_offer_in_a_row_that_passes_makes_an_agent_away() {
    Presence ann = Presence.unknown("ann").become(Status.ONLINE, NOW);

    assertThat(ann.missed(NOW).missed(NOW).status()).isEqualTo(Status.ONLINE);
    assertThat(ann.missed(NOW).missed(NOW).answered().missed(NOW).status())
        .isEqualTo(Status.ONLINE);
    Presence away = ann.missed(NOW).missed(NOW).missed(NOW.plusSeconds(9));
    assertThat(away.status()).isEqualTo(Status.AWAY);
    assertThat(away.since()).isEqualTo(NOW.plusSeconds(9));
    assertThat(away.become(Status.ONLINE, NOW).missed(NOW).status()).isEqualTo(Status.ONLINE);
    assertThat(away.isAwayByMisses()).isTrue();
    assertThat(away.missed(NOW).isAwayByMisses()).as("one more offer was open").isTrue();
    assertThat(away.answered().isAwayByMisses())
        .as("an answer to an offer that was still open chooses no status")
        .isTrue();
    assertThat(away.become(Status.AWAY, NOW).isAwayByMisses()).as("chosen").isFalse();
    assertThat(away.become(Status.OFFLINE, NOW).isAwayByMisses()).isFalse();
    assertThat(ann.missed(NOW).missed(NOW).become(Status.AWAY, NOW).isAwayByMisses())
        .isFalse();
  }

  @Test
  void the_time_of_a_status_stays_if_it_is_chosen_again() {
    Presence ann = Presence.unknown("ann").become(Status.ONLINE, NOW);

    assertThat(ann.become(Status.ONLINE, NOW.plusSeconds(9)).since()).isEqualTo(NOW);
  }

  @Test
  void the_time_to_accept_is_bounded() {
    assertThatThrownBy(() -> new Queue(VIP, Assignment.PULL, Duration.ofMillis(4_999), Set.of()))
        .hasMessageContaining("PT5S to PT10M");
    assertThatThrownBy(() -> new Queue(VIP, Assignment.PULL, Duration.ofMillis(600_001), Set.of()))
        .hasMessageContaining("PT5S to PT10M");
  }

  private static Queue queue(Assignment assignment, String... members) {
    return new Queue(VIP, assignment, Duration.ofSeconds(30), Set.of(members));
  }

  private static Team team(Queue queue, Member... members) {
    return new Team(List.of(queue), List.of(members));
  }

  private static Member online(String id, long load, int capacity) {
    return new Member(
        Participant.agent(id, id),
        true,
        capacity,
        load,
        Presence.unknown(id).become(Status.ONLINE, NOW));
  }

  private static Member member(String id, Status status) {
    return new Member(
        Participant.agent(id, id), true, 5, 0, Presence.unknown(id).become(status, NOW));
  }

  private static Member offered(Member member, long seconds) {
    return new Member(
        member.agent(),
        true,
        member.capacity(),
        member.load(),
        member.presence().offered(NOW.plusSeconds(seconds)));
  }

  @Test
  void a_name_after_an_at_sign_names_a_colleague_whatever_surrounds_it() {
    Team team = new Team(List.of(), List.of(named("bob"), named("ann.lee"), named("ann")));
    Participant ann = Participant.agent("ann", "Ann");

    assertThat(mentioned(team, "@bob, look at this", ann)).containsExactly("bob");
    assertThat(mentioned(team, "(@Bob) and @ann.lee.", ann)).containsExactly("bob", "ann.lee");
    assertThat(mentioned(team, "\n@bob\u00e9", ann)).containsExactly("bob");
    assertThat(mentioned(team, "mail bob@ann.lee or x@@bob or @bobby or @ bob", ann))
        .isEmpty();
    assertThat(mentioned(team, "nobody mentions themselves: @ann", ann)).isEmpty();
    assertThat(Team.Mention.namesIn("@._-")).containsExactly("._-");
  }

  private static List<String> mentioned(Team team, String text, Participant author) {
    return team.mentionedIn(text, author).stream().map(Team.Member::id).toList();
  }

  private static Team.Member named(String id) {
    return new Team.Member(Participant.agent(id, id), true, 5, 0, Team.Presence.unknown(id));
  }
}
