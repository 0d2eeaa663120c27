package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;
import static org.assertj.core.api.Assertions.tuple;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settled;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.Queries.Backlog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules of section S8: how lanes are filled, claimed and counted. */
abstract class StoreLaneRules extends StoreCaseRules {

  @Test
  void rule_S8_1_a_lanes_places_have_no_gaps_and_no_other_lane_counts() {
    Conversation conversation = newConversation("a");
    Conversation other = newConversation("b");

    List<Long> places = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      places.add(append(conversation, "c", NOW).sequence());
      append(conversation.id(), Destination.DESK, DESK, "d", NOW);
      append(other, "e", NOW);
    }

    assertThat(places).containsExactly(1L, 2L, 3L);
    assertThat(lane(conversation).lastSequence()).isEqualTo(3);
    assertThatOptional(store().read(queries -> queries.laneEntry(key(conversation), 2)))
        .hasValueSatisfying(entry -> assertThat(entry.sequence()).isEqualTo(2));
    assertThatOptional(store().read(queries -> queries.laneEntry(key(conversation), 4)))
        .isEmpty();
    assertThatList(store().read(queries -> queries.lanes(conversation.id())))
        .extracting(it -> it.key().destination())
        .containsExactly(Destination.CUSTOMER, Destination.DESK);
  }

  @Test
  void rule_S8_2_many_who_append_at_once_leave_no_gap() throws Exception {
    Conversation conversation = newConversation("a");

    List<List<Long>> places = atOnce(6, number -> {
      List<Long> mine = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        mine.add(append(conversation, "x", NOW).sequence());
      }
      return mine;
    });

    assertThat(places.stream().flatMap(List::stream).sorted().toList())
        .isEqualTo(java.util.stream.LongStream.rangeClosed(1, 60).boxed().toList());
  }

  @Test
  void rule_S8_3_an_entry_makes_an_empty_lane_due_and_one_that_waits_goes_on_waiting() {
    Conversation conversation = newConversation("a");
    append(conversation, "1", at(5));
    assertThat(lane(conversation).readyAt()).contains(at(5));

    append(conversation, "2", at(9));
    assertThat(lane(conversation).readyAt()).contains(at(5));

    Claim claim = claimOne(at(10));
    settle(
        claim,
        new Settlement.Again(at(100), "busy", Settlement.Again.Cause.FAILURE, false),
        at(10));
    append(conversation, "3", at(11));
    assertThat(lane(conversation).readyAt()).contains(at(100));
    assertThat(lane(conversation).depth()).isEqualTo(3);
  }

  @Test
  void rule_S8_4_due_lanes_of_a_port_are_claimed_the_longest_due_first() {
    Conversation late = newConversation("a");
    Conversation early = newConversation("b");
    Conversation future = newConversation("c");
    Conversation elsewhere = newConversation("d");
    TranscriptEntry lateHead = append(late, "1", at(2));
    TranscriptEntry earlyHead = append(early, "2", at(1));
    append(future, "3", at(20));
    append(elsewhere.id(), Destination.CUSTOMER, CHAT, "4", NOW);

    List<Claim> first = claim(WEB, at(10), 1);
    List<Claim> rest = claim(WEB, at(10), 10);

    assertThat(first).containsExactly(new Claim(key(early), 1, earlyHead, 0, false));
    assertThat(rest).containsExactly(new Claim(key(late), 1, lateHead, 0, false));
    assertThat(claim(WEB, at(10), 10)).isEmpty();
    assertThat(claim(CHAT, NOW, 10)).hasSize(1);
  }

  @Test
  void rule_S8_5_a_claimed_lane_is_its_owners_until_the_lease_ends() {
    Conversation conversation = newConversation("a");
    append(conversation, "1", NOW);
    claimOne(NOW);

    assertThat(lane(conversation).readyAt()).contains(at(30));
    assertThat(lane(conversation).epoch()).isEqualTo(1);
    assertThat(claim(WEB, at(29), 10)).isEmpty();
    append(conversation, "2", at(10));
    assertThat(claim(WEB, at(29), 10)).isEmpty();
  }

  @Test
  void rule_S8_6_a_lane_whose_owner_vanished_is_taken_in_doubt_under_the_next_epoch() {
    Conversation conversation = newConversation("a");
    TranscriptEntry head = append(conversation, "1", NOW);
    claimOne(NOW);

    assertThat(claim(WEB, at(30), 10))
        .containsExactly(new Claim(key(conversation), 2, head, 0, true));
    assertThat(claim(WEB, at(60), 10))
        .containsExactly(new Claim(key(conversation), 3, head, 0, true));
  }

  @Test
  void rule_S8_7_an_older_epoch_is_fenced_and_changes_nothing() {
    Conversation conversation = newConversation("a");
    append(conversation, "1", NOW);
    Claim old = claimOne(NOW);
    claimOne(at(30));
    Lane before = lane(conversation);

    for (Settlement settlement : everySettlement(at(40))) {
      assertThat(settle(old, settlement, at(31))).isEqualTo(new Settled.Fenced());
    }

    assertThat(lane(conversation)).isEqualTo(before);
    assertThatOptional(store().read(queries -> queries.entry(old.head().id())))
        .contains(old.head());
    assertThatList(store().read(queries -> queries.failures(key(conversation), 10)))
        .isEmpty();
  }

  @Test
  void rule_S8_8_what_is_settled_cannot_be_settled_again() {
    Conversation conversation = newConversation("a");
    append(conversation, "1", NOW);
    append(conversation, "2", NOW);
    append(conversation, "3", NOW);
    Claim claim = claimOne(NOW);
    Settlement done = new Settlement.Done(Optional.empty(), at(60));

    assertThat(settle(claim, done, NOW)).isInstanceOf(Settled.Next.class);
    assertThat(settle(claim, done, NOW)).isEqualTo(new Settled.Fenced());
    assertThat(lane(conversation).doneSequence()).isEqualTo(1);

    Settlement again = new Settlement.Again(at(90), "busy", Settlement.Again.Cause.FAILURE, false);
    assertThat(settle(claim, 2, again, NOW)).isEqualTo(new Settled.Released());
    for (Settlement settlement : everySettlement(at(90))) {
      assertThat(settle(claim, 2, settlement, NOW)).isEqualTo(new Settled.Fenced());
    }
    assertThat(lane(conversation).attempts()).isEqualTo(1);
    assertThat(lane(conversation).doneSequence()).isEqualTo(1);
  }

  @Test
  void rule_S8_9_done_moves_on_and_keeps_the_lane_for_the_next_entry() {
    Conversation conversation = newConversation("a");
    TranscriptEntry first = append(conversation, "1", NOW);
    TranscriptEntry second = append(conversation, "2", at(1));
    Claim claim = claimOne(at(2));

    Settled settled = settle(claim, new Settlement.Done(Optional.of("x1"), at(50)), at(3));

    assertThat(settled).isEqualTo(new Settled.Next(second));
    assertThat(lane(conversation).readyAt()).contains(at(50));
    assertThat(lane(conversation).epoch()).isEqualTo(claim.epoch());
    assertThat(claim(WEB, at(49), 10)).isEmpty();
    assertThatOptional(store().read(queries -> queries.entry(first.id())))
        .hasValueSatisfying(entry -> assertThat(entry.externalId()).contains("x1"));

    Settlement last = new Settlement.Done(Optional.empty(), at(60));
    assertThat(settle(claim, 2, last, at(4))).isEqualTo(new Settled.Released());
    assertThat(lane(conversation).readyAt()).isEmpty();
    assertThat(lane(conversation).depth()).isZero();
    append(conversation, "3", at(70));
    assertThat(lane(conversation).readyAt()).contains(at(70));
    assertThat(claimOne(at(70)).inDoubt()).isFalse();
  }

  @Test
  void rule_S8_10_an_owner_that_vanished_with_the_next_entry_leaves_that_one_in_doubt() {
    Conversation conversation = newConversation("a");
    append(conversation, "1", NOW);
    TranscriptEntry second = append(conversation, "2", NOW);
    Claim claim = claimOne(NOW);
    settle(claim, new Settlement.Done(Optional.empty(), at(50)), NOW);

    assertThat(claim(WEB, at(50), 10))
        .containsExactly(new Claim(key(conversation), 2, second, 0, true));
  }

  @Test
  void rule_S8_11_a_lane_belongs_to_the_port_of_its_last_entry() {
    Conversation conversation = newConversation("a");
    append(conversation.id(), Destination.DESK, DESK, "1", NOW);
    append(conversation.id(), Destination.DESK, CHAT, "2", NOW);

    assertThat(claim(DESK, at(1), 10)).isEmpty();
    assertThat(claim(CHAT, at(1), 10)).hasSize(1);
  }

  @Test
  void rule_S8_12_of_many_who_claim_at_once_each_lane_has_one_owner() throws Exception {
    for (int i = 0; i < 20; i++) {
      append(newConversation("a" + i), "x", NOW);
    }

    List<List<Claim>> claims = atOnce(
        5,
        number -> store()
            .write(transaction -> transaction.claim(WEB, NOW, at(30), "worker " + number, 6)));

    assertThat(claims.stream().flatMap(List::stream).map(Claim::lane).toList())
        .hasSize(20)
        .doesNotHaveDuplicates();
  }

  @Test
  void rule_S8_13_backlogs_count_what_waits_and_what_is_parked_per_port() {
    Conversation waits = newConversation("a");
    append(waits, "1", at(3));
    append(waits, "2", at(4));
    Conversation parked = newConversation("b");
    append(parked, "3", at(1));
    park(parked, at(2));
    Conversation moved = newConversation("c");
    append(moved.id(), Destination.CUSTOMER, CHAT, "4", at(5));
    append(moved.id(), Destination.CUSTOMER, CHAT, "5", at(6));
    Claim claim = claim(CHAT, at(7), 1).get(0);
    settle(claim, new Settlement.Done(Optional.empty(), at(50)), at(7));
    Conversation over = newConversation("d");
    append(over.id(), Destination.DESK, DESK, "6", NOW);
    settle(claim(DESK, NOW, 1).get(0), new Settlement.Done(Optional.empty(), at(50)), NOW);

    assertThatList(store().read(queries -> queries.backlogs()))
        .containsExactly(
            new Backlog(CHAT, 1, Optional.of(at(6)), 0),
            new Backlog(WEB, 2, Optional.of(at(3)), 1));
  }

  @Test
  void rule_S8_14_the_next_due_lane_of_a_port_is_known() {
    Conversation late = newConversation("a");
    Conversation early = newConversation("b");
    assertThat(nextDue(WEB)).isEmpty();
    append(late, "1", at(9));
    append(early, "2", at(3));
    assertThat(nextDue(WEB)).contains(at(3));
    assertThat(nextDue(CHAT)).isEmpty();

    claim(WEB, at(3), 1);
    assertThat(nextDue(WEB)).contains(at(9));
    park(late, at(9));
    assertThat(nextDue(WEB)).as("the lease's end").contains(at(33));
  }

  @Test
  void rule_S8_15_a_customer_receives_an_older_conversations_entries_first() {
    Conversation older = newConversation("a");
    append(older, "1", at(5));
    append(older.id(), Destination.DESK, DESK, "2", at(5));
    Conversation younger = next(older);
    Conversation youngest = next(younger);
    Conversation elsewhere = newConversation("b");
    append(younger, "3", at(1));
    append(youngest, "4", at(1));
    append(youngest.id(), Destination.DESK, DESK, "5", at(1));
    append(elsewhere, "6", at(2));

    assertThat(claim(WEB, at(3), 10)).extracting(Claim::lane).containsExactly(key(elsewhere));
    assertThat(claim(DESK, at(3), 10)).as("desks have no such order").hasSize(1);
    assertThat(nextDue(WEB, at(3))).contains(at(5));

    Claim first = claimOne(at(5));
    assertThat(first.lane()).isEqualTo(key(older));
    assertThat(claim(WEB, at(5), 10)).as("the older one is being delivered").isEmpty();
    settle(
        first, new Settlement.Again(at(9), "busy", Settlement.Again.Cause.FAILURE, false), at(5));
    assertThat(claim(WEB, at(8), 10)).as("the older one is tried again").isEmpty();
    settle(claimOne(at(9)), new Settlement.Park("refused", false), at(9));
    Claim second = claimOne(at(9));
    assertThat(second.lane()).as("a parked lane holds nobody up").isEqualTo(key(younger));
    settle(second, new Settlement.Done(Optional.empty(), at(60)), at(9));
    assertThat(claim(WEB, at(9), 10)).extracting(Claim::lane).containsExactly(key(youngest));
  }

  @Test
  void rule_S8_16_no_lane_waits_for_a_clock_that_was_ahead() {
    Conversation waits = newConversation("a");
    append(waits, "1", NOW);
    Conversation vanished = newConversation("b");
    append(vanished, "2", NOW);
    Conversation far = newConversation("c");
    append(far, "3", NOW);
    Instant ahead = NOW.plus(Duration.ofDays(365));
    settle(
        claimOne(NOW),
        new Settlement.Again(ahead, "busy", Settlement.Again.Cause.FAILURE, false),
        NOW);
    write(transaction -> transaction.claim(WEB, NOW, ahead, "me", 1));
    Instant farthest = at(5).plus(Lane.LONGEST_WAIT);
    settle(
        claimOne(NOW),
        new Settlement.Again(farthest, "busy", Settlement.Again.Cause.FAILURE, false),
        NOW);

    assertThat(nextDue(WEB, at(5))).contains(at(5));
    assertThat(claim(WEB, at(5), 10))
        .extracting(Claim::lane, Claim::inDoubt)
        .containsExactlyInAnyOrder(tuple(key(waits), false), tuple(key(vanished), true));
  }

  @Test
  void rule_S8_17_a_lane_that_passes_to_another_port_is_due_at_once() {
    Conversation waits = newConversation("a");
    append(waits.id(), Destination.DESK, DESK, "1", NOW);
    settle(
        claim(DESK, NOW, 1).get(0),
        new Settlement.Again(at(600), "busy", Settlement.Again.Cause.FAILURE, false),
        NOW);
    Conversation parked = newConversation("b");
    append(parked.id(), Destination.DESK, DESK, "2", NOW);
    settle(claim(DESK, NOW, 1).get(0), new Settlement.Park("refused", false), NOW);
    Conversation held = newConversation("c");
    append(held.id(), Destination.DESK, DESK, "3", NOW);
    Claim claim = claim(DESK, NOW, 1).get(0);
    append(waits.id(), Destination.DESK, CHAT, "4", at(5));
    append(parked.id(), Destination.DESK, CHAT, "5", at(5));
    append(held.id(), Destination.DESK, CHAT, "6", at(5));

    assertThat(claim(CHAT, at(5), 10))
        .extracting(it -> it.lane().conversation(), Claim::attempts)
        .containsExactly(tuple(waits.id(), 0), tuple(parked.id(), 0));
    assertThat(settle(claim, new Settlement.Done(Optional.empty(), at(60)), at(6)))
        .as("an owner keeps its lane")
        .isInstanceOf(Settled.Next.class);
  }

  @Test
  void rule_S8_18_one_address_holds_one_slot_of_a_desk() {
    Conversation first = newConversation("a");
    append(first.id(), Destination.DESK, DESK, "1", NOW);
    Conversation second = next(first);
    append(second.id(), Destination.DESK, DESK, "2", NOW);
    append(second.id(), Destination.VIRTUAL_AGENT, CHAT, "3", NOW);
    Conversation third = next(second);
    append(third.id(), Destination.DESK, DESK, "4", at(1));
    append(third.id(), Destination.VIRTUAL_AGENT, CHAT, "5", at(1));
    Conversation elsewhere = newConversation("b");
    append(elsewhere.id(), Destination.DESK, DESK, "6", at(2));

    List<Claim> claims = claim(DESK, at(3), 10);
    assertThat(claims)
        .extracting(it -> it.lane().conversation())
        .containsExactly(first.id(), elsewhere.id());
    assertThat(claim(CHAT, at(3), 10))
        .as("another port, and the same rule there")
        .extracting(it -> it.lane().conversation())
        .containsExactly(second.id());
    assertThat(claim(DESK, at(4), 10)).as("the slot is held").isEmpty();

    settle(
        claims.get(0),
        new Settlement.Again(at(90), "busy", Settlement.Again.Cause.FAILURE, false),
        at(5));
    Claim next = claim(DESK, at(5), 10).get(0);
    assertThat(next.lane().conversation()).isEqualTo(second.id());
    settle(next, new Settlement.Park("refused", false), at(6));
    Claim last = claim(DESK, at(6), 10).get(0);
    assertThat(last.lane().conversation()).isEqualTo(third.id());
    assertThat(claim(DESK, at(100), 10))
        .as("the owner of the last one vanished, and the first one is due later")
        .extracting(it -> it.lane().conversation())
        .startsWith(elsewhere.id(), third.id())
        .doesNotContain(first.id());
  }

  /** Closes a conversation and begins the next one at its address. */
  private Conversation next(Conversation older) {
    store().write(transaction -> transaction.save(handledBy(older, closed())));
    return newConversation(older.address().key());
  }

  final LaneKey key(Conversation conversation) {
    return new LaneKey(conversation.id(), Destination.CUSTOMER);
  }

  final Lane lane(Conversation conversation) {
    return store().read(queries -> queries.lane(key(conversation))).orElseThrow();
  }

  /** Claims due lanes for 30 seconds. */
  final List<Claim> claim(PortId port, Instant now, int limit) {
    return store()
        .write(transaction -> transaction.claim(port, now, now.plusSeconds(30), "me", limit));
  }

  final Claim claimOne(Instant now) {
    List<Claim> claims = claim(WEB, now, 1);
    assertThat(claims).hasSize(1);
    return claims.get(0);
  }

  final Settled settle(Claim claim, Settlement settlement, Instant now) {
    return settle(claim, claim.head().sequence(), settlement, now);
  }

  final Settled settle(Claim claim, long sequence, Settlement settlement, Instant now) {
    return store()
        .write(transaction ->
            transaction.settle(claim.lane(), claim.epoch(), sequence, settlement, now));
  }

  /** Parks the only due lane, which must be the conversation's. */
  final Claim park(Conversation conversation, Instant now) {
    Claim claim = claimOne(now);
    assertThat(claim.lane()).isEqualTo(key(conversation));
    settle(claim, new Settlement.Park("refused", false), now);
    return claim;
  }

  static List<Settlement> everySettlement(Instant at) {
    List<Settlement> all = List.of(
        new Settlement.Done(Optional.of("late"), at),
        new Settlement.Again(at, "late", Settlement.Again.Cause.FAILURE, true),
        new Settlement.Park("late", true),
        new Settlement.Fail("late", at),
        new Settlement.Return());
    assertThat(all)
        .as("every settlement is tried")
        .hasSameSizeAs(Settlement.class.getPermittedSubclasses());
    return all;
  }

  private Optional<Instant> nextDue(PortId port) {
    return nextDue(port, NOW);
  }

  private Optional<Instant> nextDue(PortId port, Instant now) {
    return store().read(queries -> queries.nextLaneDue(port, now));
  }

  static LaneKey unknownLane() {
    return new LaneKey(new ConversationId(12345), Destination.CUSTOMER);
  }
}
