package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;

import dev.relay.core.cases.CasePriority;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Handling;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.QueueName;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.team.Team;
import dev.relay.core.team.Team.Assignment;
import dev.relay.core.team.Team.Offering;
import dev.relay.core.team.Team.Queue;
import dev.relay.core.team.Team.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules of section S15: teams. */
abstract class StoreTeamRules extends StoreConversationRules {
  private static final QueueName BILLING = new QueueName("billing");
  private static final Scope NOT_BILLING = new Scope(Set.of(BILLING), BOB.id());

  @Test
  void rule_S15_1_a_queue_is_read_as_it_was_set_up_last() {
    Queue first =
        new Queue(BILLING, Assignment.ROUND_ROBIN, Duration.ofMillis(45_001), Set.of("ann", "bob"));
    Queue second = new Queue(BILLING, Assignment.LEAST_BUSY, Duration.ofSeconds(5), Set.of("cleo"));
    Queue other = Queue.of(SUPPORT);
    write(transaction -> transaction.save(other));
    write(transaction -> transaction.save(first));
    assertThatList(store().read(queries -> queries.queues())).containsExactly(first, other);

    write(transaction -> transaction.save(second));

    assertThatList(store().read(queries -> queries.queues())).containsExactly(second, other);
  }

  @Test
  void rule_S15_2_a_reader_finds_what_is_in_their_queues_and_what_they_have_themselves() {
    Conversation open = newConversation("a", waiting(SUPPORT, at(3)));
    Conversation hidden = newConversation("b", waiting(BILLING, at(2)));
    Conversation own = newConversation("c", new Handling.Live(BOB, BILLING, DESK, at(1)));
    Conversation others = newConversation("d", new Handling.Live(ANN, BILLING, DESK, at(1)));
    ConversationFilter filter =
        new ConversationFilter(Set.of(), Optional.empty(), Optional.empty(), NOT_BILLING, false);

    assertThatList(store().read(it -> it.conversations(filter, Optional.empty(), 10)))
        .containsExactly(open, own);
    assertThatList(store().read(it -> it.waitingWithin(NOT_BILLING, Optional.empty(), 10)))
        .containsExactly(open);
    assertThatList(store().read(it -> it.waitingWithin(Scope.ALL, Optional.empty(), 10)))
        .containsExactly(hidden, open);
    assertThat(others.queue()).isEqualTo(BILLING);
  }

  @Test
  void rule_S15_3_open_conversations_are_counted_by_queue_and_state() {
    newConversation("a", waiting(SUPPORT, at(3)));
    newConversation("b", waiting(BILLING, at(2)));
    newConversation("c", waiting(BILLING, at(2)));
    newConversation("d", new Handling.Live(ANN, BILLING, DESK, at(1)));
    newConversation("e", closed());

    Map<QueueName, Map<ConversationState, Long>> counts =
        store().read(queries -> queries.openByQueue());

    assertThat(counts)
        .isEqualTo(Map.of(
            SUPPORT, Map.of(ConversationState.WAITING, 1L),
            BILLING, Map.of(ConversationState.WAITING, 2L, ConversationState.LIVE, 1L)));
  }

  @Test
  void rule_S15_4_a_conversation_stays_in_the_queue_in_which_it_was_last() {
    Conversation waiting = newConversation("a", waiting(BILLING, at(3)));
    Conversation ended = inQueue(BILLING, handledBy(waiting, closed()));

    Conversation saved = store().write(transaction -> transaction.save(ended));

    assertThat(store().read(it -> it.conversation(saved.id())).orElseThrow().queue())
        .isEqualTo(BILLING);
    assertThatList(store()
            .read(it -> it.conversations(
                new ConversationFilter(
                    Set.of(), Optional.empty(), Optional.empty(), NOT_BILLING, true),
                Optional.empty(),
                10)))
        .isEmpty();
  }

  private static Conversation inQueue(QueueName queue, Conversation old) {
    return new Conversation(
        old.id(),
        old.customer(),
        old.address(),
        old.locale(),
        old.handling(),
        old.route(),
        queue,
        old.supportCase(),
        old.resolution(),
        old.openedAt(),
        old.lastActivityAt(),
        old.wakeAt(),
        old.version());
  }

  @Test
  void rule_S15_5_the_presence_of_an_agent_is_replaced_by_a_later_one() {
    Team.Presence first =
        new Team.Presence("ann", Team.Status.ONLINE, at(1), 2, Optional.of(at(3)), false);
    write(transaction -> transaction.save(first));
    write(transaction -> transaction.save(first.missed(at(5))));

    assertThatList(store().read(queries -> queries.members()))
        .as("without an account there is no agent")
        .isEmpty();
  }

  @Test
  void rule_S15_6_the_mentions_of_an_agent_are_read_newest_first_and_after_a_known_one() {
    Team.Mention first = new Team.Mention(
        0,
        "ann",
        BOB,
        Optional.of(new ConversationId(7)),
        Optional.of(new CaseNumber(1001)),
        "@ann " + ANY_TEXT,
        at(3),
        false);
    Team.Mention second = new Team.Mention(
        0, "ann", BOB, Optional.empty(), Optional.empty(), "@ann again", at(4), false);
    write(transaction -> transaction.save(first));
    write(transaction -> transaction.save(second));
    write(transaction -> transaction.save(mention("bob")));

    List<Team.Mention> all = mentions("ann", 0, 10);

    assertThatList(all.stream().map(it -> it.withId(0)).toList()).containsExactly(second, first);
    assertThat(all.get(0).id()).isGreaterThan(all.get(1).id());
    assertThatList(mentions("ann", all.get(1).id(), 10)).containsExactly(all.get(0));
    assertThatList(mentions("ann", 0, 1)).containsExactly(all.get(0));
    assertThatList(mentions("cleo", 0, 10)).isEmpty();
  }

  @Test
  void rule_S15_7_a_mention_that_was_seen_keeps_its_place() {
    write(transaction -> transaction.save(mention("ann")));
    write(transaction -> transaction.save(mention("ann")));
    Team.Mention older = mentions("ann", 0, 10).get(1);

    write(transaction -> transaction.save(older.asSeen()));

    assertThatList(mentions("ann", 0, 10).stream().map(Team.Mention::seen).toList())
        .containsExactly(false, true);
  }

  @Test
  void rule_S15_8_the_oldest_mentions_of_an_agent_are_forgotten_and_those_of_others_are_not() {
    write(transaction -> transaction.save(mention("bob")));
    write(transaction -> {
      for (int i = 0; i < Team.Mention.MOST + 3; i++) {
        transaction.save(mention("ann"));
      }
    });

    assertThatList(mentions("ann", 0, 2 * Team.Mention.MOST)).hasSize(Team.Mention.MOST);
    assertThatList(mentions("bob", 0, 10)).hasSize(1);
  }

  private static Team.Mention mention(String agent) {
    return new Team.Mention(
        0, agent, BOB, Optional.empty(), Optional.empty(), "@" + agent, at(1), false);
  }

  private List<Team.Mention> mentions(String agent, long after, int limit) {
    return store().read(queries -> queries.mentions(agent, after, limit));
  }

  @Test
  void rule_S15_9_offered_conversations_are_found_as_they_were_saved() {
    Offering offering = new Offering(
        Optional.of(new Offering.Offer("ann", at(9))), Set.of("bob"), Set.of("cleo", "dan"));
    Conversation second = newConversation("b", offered(SUPPORT, at(1), offering));
    Conversation first = newConversation("a", offered(BILLING, at(2), offering));
    newConversation("c", waiting(SUPPORT, at(3)));
    Conversation over = newConversation("d", offered(SUPPORT, at(4), offering));
    Conversation again =
        handledBy(over, offered(SUPPORT, at(4), offering.ended(Offering.End.MISSED)));
    write(transaction -> transaction.save(again));

    assertThatList(store().read(queries -> queries.offered(10))).containsExactly(second, first);
    assertThatList(store().read(queries -> queries.offered(1))).containsExactly(second);
    assertThat(store().read(it -> it.conversation(over.id())).orElseThrow().handling())
        .isEqualTo(again.handling());
  }

  @Test
  void rule_S15_10_what_may_be_offered_next_is_found_in_the_order_of_turns() {
    Conversation later = newConversation("a", waiting(SUPPORT, at(3)));
    Conversation earlier = newConversation("b", waiting(BILLING, at(2)));
    newConversation("c", waiting(new QueueName("other"), at(1)));
    newConversation("d", offered(SUPPORT, at(1), Offering.NONE.offered("ann", at(9))));
    newConversation("e", new Handling.Live(ANN, SUPPORT, DESK, at(1)));
    Set<QueueName> queues = Set.of(SUPPORT, BILLING);

    assertThatList(store().read(it -> it.unoffered(queues, 10))).containsExactly(earlier, later);
    assertThatList(store().read(it -> it.unoffered(queues, 1))).containsExactly(earlier);
    assertThatList(store().read(it -> it.unoffered(Set.of(), 10))).isEmpty();
  }

  private static Handling offered(QueueName queue, Instant since, Offering offering) {
    return new Handling.Waiting(queue, DESK, since, CasePriority.NORMAL, offering);
  }
}
