package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;
import static org.assertj.core.api.Assertions.tuple;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.DeliveryFailure;
import dev.relay.core.store.Lane.LeftOut;
import dev.relay.core.store.Lane.Settled;
import dev.relay.core.store.Lane.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules of section S9: failed deliveries, and how operators resolve them. */
abstract class StoreFailureRules extends StoreLaneRules {

  @Test
  void rule_S9_1_a_failed_attempt_comes_again_when_it_is_due() {
    Conversation conversation = newConversation("a");
    TranscriptEntry head = append(conversation, "1", NOW);

    Settled settled = settle(
        claimOne(NOW),
        new Settlement.Again(at(5), "busy", Settlement.Again.Cause.FAILURE, false),
        NOW);

    assertThat(settled).isEqualTo(new Settled.Released());
    assertThat(lane(conversation).lastError()).contains("busy");
    assertThat(claim(WEB, at(4), 1)).isEmpty();
    assertThat(claim(WEB, at(5), 1))
        .containsExactly(new Claim(key(conversation), 2, head, 1, false));
  }

  @Test
  void rule_S9_2_a_wait_that_is_not_counted_leaves_the_attempts() {
    append(newConversation("a"), "1", NOW);
    settle(
        claimOne(NOW),
        new Settlement.Again(at(5), "429", Settlement.Again.Cause.REQUEST, false),
        NOW);

    assertThat(claimOne(at(5)).attempts()).isZero();
  }

  @Test
  void rule_S9_3_doubt_stays_until_an_attempt_is_certain() {
    append(newConversation("a"), "1", NOW);
    settle(
        claimOne(NOW),
        new Settlement.Again(at(1), "timed out", Settlement.Again.Cause.FAILURE, true),
        NOW);

    Claim doubtful = claimOne(at(1));
    assertThat(doubtful.inDoubt()).isTrue();
    settle(doubtful, new Settlement.Return(), at(1));
    Claim stillDoubtful = claimOne(at(1));
    assertThat(stillDoubtful.inDoubt()).as("nothing was attempted").isTrue();
    settle(
        stillDoubtful,
        new Settlement.Again(at(2), "refused", Settlement.Again.Cause.FAILURE, false),
        at(1));
    assertThat(claimOne(at(2)).inDoubt()).isFalse();
  }

  @Test
  void rule_S9_4_a_lane_that_is_given_back_is_due_at_once_and_unchanged() {
    Conversation conversation = newConversation("a");
    TranscriptEntry head = append(conversation, "1", NOW);
    settle(
        claimOne(NOW),
        new Settlement.Again(at(1), "busy", Settlement.Again.Cause.FAILURE, false),
        NOW);

    Settled settled = settle(claimOne(at(1)), new Settlement.Return(), at(2));

    assertThat(settled).isEqualTo(new Settled.Released());
    assertThat(lane(conversation).readyAt()).contains(at(2));
    assertThat(claim(WEB, at(2), 1))
        .containsExactly(new Claim(key(conversation), 3, head, 1, false));
  }

  @Test
  void rule_S9_5_a_parked_lane_stands_still_and_no_new_entry_revives_it() {
    Conversation conversation = newConversation("a");
    append(conversation, "1", NOW);
    park(conversation, at(1));

    append(conversation, "2", at(2));

    Lane lane = lane(conversation);
    assertThat(lane.parkedAt()).contains(at(1));
    assertThat(lane.readyAt()).isEmpty();
    assertThat(lane.lastError()).contains("refused");
    assertThat(lane.attempts()).isEqualTo(1);
    assertThat(lane.depth()).isEqualTo(2);
    assertThat(claim(WEB, at(100_000), 10)).isEmpty();
  }

  @Test
  void rule_S9_6_parked_lanes_are_listed_in_pages_by_their_keys() {
    List<Conversation> conversations =
        List.of(newConversation("a"), newConversation("b"), newConversation("c"));
    for (Conversation each : conversations) {
      append(each, "x", NOW);
      park(each, NOW);
    }
    append(newConversation("d"), "x", NOW);
    List<LaneKey> keys = conversations.stream().map(this::key).toList();

    List<Lane> first = store().read(queries -> queries.parkedLanes(Optional.empty(), 2));
    List<Lane> second = store().read(queries -> queries.parkedLanes(Optional.of(keys.get(1)), 2));

    assertThat(first).extracting(Lane::key).containsExactly(keys.get(0), keys.get(1));
    assertThat(second).extracting(Lane::key).containsExactly(keys.get(2));
    long count = store().read(queries -> queries.parkedCount());
    assertThat(count).isEqualTo(3);
  }

  @Test
  void rule_S9_7_a_parked_lane_that_is_retried_is_due_at_once_under_the_next_epoch() {
    Conversation conversation = newConversation("a");
    TranscriptEntry head = append(conversation, "1", NOW);
    park(conversation, NOW);

    assertThat(retry(key(conversation))).isTrue();

    assertThat(lane(conversation).parkedAt()).isEmpty();
    assertThat(lane(conversation).epoch()).isEqualTo(2);
    assertThat(claim(WEB, at(9), 1))
        .containsExactly(new Claim(key(conversation), 3, head, 0, false));
    assertThat(retry(key(conversation))).as("it is not parked any more").isFalse();
    assertThat(retry(unknownLane())).isFalse();
  }

  @Test
  void rule_S9_8_doubt_outlasts_parking() {
    Conversation conversation = newConversation("a");
    append(conversation, "1", NOW);
    settle(claimOne(NOW), new Settlement.Park("timed out", true), NOW);
    retry(key(conversation));

    assertThat(claimOne(at(9)).inDoubt()).isTrue();
  }

  @Test
  void rule_S9_9_a_head_that_is_skipped_is_left_out_and_the_next_is_due() {
    Conversation conversation = newConversation("a");
    append(conversation, "1", NOW);
    TranscriptEntry second = append(conversation, "2", NOW);
    settle(claimOne(NOW), new Settlement.Park("timed out", true), NOW);

    assertThat(skip(key(conversation))).isTrue();

    assertThat(lane(conversation).epoch()).isEqualTo(2);
    assertThat(lane(conversation).lastError()).isEmpty();
    assertThat(claim(WEB, at(9), 1))
        .containsExactly(new Claim(key(conversation), 3, second, 0, false));
    assertThat(skip(key(conversation))).as("it is not parked any more").isFalse();
    assertThat(skip(unknownLane())).isFalse();
  }

  @Test
  void rule_S9_10_a_lane_whose_only_entry_is_skipped_waits_for_the_next() {
    Conversation conversation = newConversation("a");
    append(conversation, "1", NOW);
    park(conversation, NOW);

    skip(key(conversation));

    assertThat(lane(conversation).readyAt()).isEmpty();
    assertThat(lane(conversation).parkedAt()).isEmpty();
    TranscriptEntry second = append(conversation, "2", at(20));
    assertThat(claim(WEB, at(20), 1)).extracting(Claim::head).containsExactly(second);
  }

  @Test
  void rule_S9_11_what_is_dropped_is_not_delivered_and_its_owner_is_fenced() {
    Conversation conversation = newConversation("a");
    append(conversation, "1", NOW);
    append(conversation, "2", NOW);
    Claim claim = claimOne(NOW);

    write(transaction -> transaction.drop(key(conversation)));
    write(transaction -> transaction.drop(unknownLane()));

    assertThat(lane(conversation).depth()).isZero();
    assertThat(lane(conversation).readyAt()).isEmpty();
    assertThat(settle(
            claim, new Settlement.Again(at(1), "busy", Settlement.Again.Cause.FAILURE, true), NOW))
        .isEqualTo(new Settled.Fenced());
    TranscriptEntry third = append(conversation, "3", at(40));
    assertThat(third.sequence()).isEqualTo(3);
    assertThat(claim(WEB, at(40), 1))
        .containsExactly(new Claim(key(conversation), 3, third, 0, false));
  }

  @Test
  void rule_S9_12_a_parked_lane_that_is_dropped_is_parked_no_more() {
    Conversation conversation = newConversation("a");
    append(conversation, "1", NOW);
    park(conversation, NOW);

    write(transaction -> transaction.drop(key(conversation)));

    assertThat(lane(conversation).parkedAt()).isEmpty();
    assertThatList(store().read(queries -> queries.parkedLanes(Optional.empty(), 10)))
        .isEmpty();
  }

  @Test
  void rule_S9_13_what_went_wrong_is_kept_newest_first() {
    Conversation conversation = newConversation("a");
    append(conversation, "1", NOW);
    append(conversation, "2", NOW);
    settle(
        claimOne(NOW),
        new Settlement.Again(at(1), "busy", Settlement.Again.Cause.FAILURE, false),
        at(1));
    settle(
        claimOne(at(1)),
        new Settlement.Again(at(2), "429", Settlement.Again.Cause.REQUEST, false),
        at(2));
    settle(claimOne(at(2)), new Settlement.Park("refused", false), at(3));
    retry(key(conversation));
    settle(claimOne(at(9)), new Settlement.Park("refused again", false), at(10));
    skip(key(conversation));
    settle(claimOne(at(20)), new Settlement.Park("second", false), at(21));

    List<DeliveryFailure> failures =
        store().read(queries -> queries.failures(key(conversation), 10));

    assertThat(failures)
        .containsExactly(
            new DeliveryFailure(2, 1, at(21), DeliveryFailure.Outcome.PARKED, "second"),
            new DeliveryFailure(1, 5, at(9), DeliveryFailure.Outcome.SKIPPED, BOB.id()),
            new DeliveryFailure(1, 4, at(10), DeliveryFailure.Outcome.PARKED, "refused again"),
            new DeliveryFailure(1, 3, at(9), DeliveryFailure.Outcome.REPLAYED, BOB.id()),
            new DeliveryFailure(1, 2, at(3), DeliveryFailure.Outcome.PARKED, "refused"),
            new DeliveryFailure(1, 1, at(1), DeliveryFailure.Outcome.RETRIED, "busy"));
    assertThatList(store().read(queries -> queries.failures(key(conversation), 2)))
        .hasSize(2);
  }

  @Test
  void rule_S9_14_an_entry_that_is_refused_for_good_is_left_out_and_the_next_follows() {
    Conversation conversation = newConversation("a");
    append(conversation, "1", NOW);
    TranscriptEntry second = append(conversation, "2", NOW);
    Claim claim = claimOne(NOW);

    assertThat(settle(claim, new Settlement.Fail("too long", at(50)), at(1)))
        .isEqualTo(new Settled.Next(second));
    assertThat(lane(conversation).readyAt()).as("the new lease").contains(at(50));
    assertThat(settle(claim, new Settlement.Fail("too long", at(50)), at(1)))
        .isEqualTo(new Settled.Fenced());
    settle(claim, 2, new Settlement.Done(Optional.empty(), at(50)), at(2));
    append(conversation, "3", at(3));
    append(conversation, "4", at(3));
    park(conversation, at(3));
    skip(key(conversation));

    assertThatList(store().read(queries -> queries.failures(key(conversation), 10)))
        .extracting(DeliveryFailure::sequence, DeliveryFailure::outcome)
        .endsWith(tuple(1L, DeliveryFailure.Outcome.FAILED));
    assertThatList(store().read(queries -> queries.leftOut(conversation.id(), 10)))
        .containsExactly(
            new LeftOut(key(conversation), 1, DeliveryFailure.Outcome.FAILED, "too long"),
            new LeftOut(key(conversation), 3, DeliveryFailure.Outcome.SKIPPED, BOB.id()));
    assertThatList(store().read(queries -> queries.leftOut(conversation.id(), 1)))
        .hasSize(1);
  }

  @Test
  void rule_S9_15_lanes_that_wait_because_of_an_outage_can_be_made_due() {
    Conversation parked = newConversation("p");
    append(parked, "0", NOW);
    park(parked, NOW);
    List<Conversation> waiting =
        List.of(newConversation("a"), newConversation("b"), newConversation("c"));
    for (Conversation each : waiting) {
      append(each, "1", NOW);
      putOff(Settlement.Again.Cause.OUTAGE);
    }
    List<Conversation> withCausesOfTheirOwn = new ArrayList<>();
    for (Settlement.Again.Cause cause :
        List.of(Settlement.Again.Cause.FAILURE, Settlement.Again.Cause.REQUEST)) {
      withCausesOfTheirOwn.add(newConversation("own " + cause));
      append(withCausesOfTheirOwn.get(withCausesOfTheirOwn.size() - 1), "1", NOW);
      putOff(cause);
    }
    Conversation held = newConversation("h");
    append(held, "2", NOW);
    claimOne(NOW);
    Conversation elsewhere = newConversation("e");
    append(elsewhere.id(), Destination.DESK, DESK, "3", at(900));

    assertThat(makeDue(2)).isEqualTo(2);
    assertThat(makeDue(2)).isEqualTo(1);
    assertThat(makeDue(2)).as("all are due").isZero();
    assertThat(claim(WEB, at(13), 10))
        .extracting(Claim::lane, Claim::attempts)
        .containsExactlyInAnyOrderElementsOf(
            waiting.stream().map(each -> tuple(key(each), 0)).toList());
    assertThat(withCausesOfTheirOwn)
        .allSatisfy(each -> assertThat(lane(each).readyAt()).contains(at(600)));
    assertThat(lane(parked).parkedAt()).isPresent();
    assertThat(lane(held).readyAt()).contains(at(30));
    assertThat(claim(DESK, at(100), 10)).isEmpty();
  }

  @Test
  void rule_S9_17_one_lane_that_waits_can_be_made_due() {
    Conversation conversation = newConversation("a");
    append(conversation, "1", NOW);
    assertThat(makeDue(conversation, WEB)).as("due already").isFalse();
    Claim claim = claimOne(NOW);
    assertThat(makeDue(conversation, WEB)).as("held").isFalse();
    settle(
        claim, new Settlement.Again(at(600), "busy", Settlement.Again.Cause.FAILURE, false), NOW);
    assertThat(makeDue(conversation, DESK)).as("another port's").isFalse();

    assertThat(makeDue(conversation, WEB)).isTrue();

    Claim again = claimOne(at(10));
    assertThat(again.attempts()).isEqualTo(1);
    settle(again, new Settlement.Park("refused", false), at(10));
    assertThat(makeDue(conversation, WEB)).as("parked").isFalse();
    assertThat(makeDue(newConversation("b"), WEB)).as("empty").isFalse();
  }

  private boolean makeDue(Conversation conversation, PortId port) {
    return store().write(transaction -> transaction.makeDue(key(conversation), port, at(10)));
  }

  private void putOff(Settlement.Again.Cause cause) {
    settle(claimOne(NOW), new Settlement.Again(at(600), "busy", cause, false), NOW);
  }

  private int makeDue(int limit) {
    return store()
        .write(transaction -> transaction.makeDue(WEB, at(10), Duration.ofSeconds(3), limit));
  }

  @Test
  void rule_S9_16_parked_lanes_are_found_by_port_and_reason_and_by_address() {
    Conversation closed = newConversation("a");
    Conversation full = newConversation("b");
    Conversation again = newConversation("c");
    parkBecause(closed, "403: 50007");
    parkBecause(full, "400: too long");
    parkBecause(again, "403: 50007");
    store().write(transaction -> transaction.save(handledBy(again, closed())));
    Conversation younger = newConversation("c");
    parkBecause(younger, "busy");
    append(younger.id(), Destination.DESK, DESK, "x", NOW);
    settle(claim(DESK, NOW, 1).get(0), new Settlement.Park("busy", false), NOW);
    append(newConversation("d"), "x", NOW);

    assertThat(parkedFor(WEB, "50007", Optional.empty(), 10))
        .containsExactly(key(closed), key(again));
    assertThat(parkedFor(WEB, "50007", Optional.empty(), 1)).containsExactly(key(closed));
    assertThat(parkedFor(WEB, "50007", Optional.of(key(closed)), 10)).containsExactly(key(again));
    assertThat(parkedFor(WEB, "", Optional.empty(), 10)).hasSize(4);
    assertThat(parkedFor(CHAT, "", Optional.empty(), 10)).isEmpty();
    assertThat(parkedFor(WEB, "%", Optional.empty(), 10)).isEmpty();
    assertThatList(store().read(queries -> queries.parkedLanesAt(address("c"), 10)))
        .extracting(Lane::key)
        .containsExactly(key(younger), new LaneKey(younger.id(), Destination.DESK), key(again));
    assertThatList(store().read(queries -> queries.parkedLanesAt(address("d"), 10)))
        .isEmpty();
  }

  private void parkBecause(Conversation conversation, String reason) {
    append(conversation, "x", NOW);
    settle(claimOne(NOW), new Settlement.Park(reason, false), NOW);
  }

  private List<LaneKey> parkedFor(PortId port, String reason, Optional<LaneKey> after, int limit) {
    return store()
        .read(queries -> queries.parkedLanes(port, reason, after, limit).stream()
            .map(Lane::key)
            .toList());
  }

  private boolean retry(LaneKey lane) {
    return store().write(transaction -> transaction.retry(lane, BOB, at(9)));
  }

  private boolean skip(LaneKey lane) {
    return store().write(transaction -> transaction.skip(lane, BOB, at(9)));
  }
}
