package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.cases.CasePriority;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Handling;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.QueueName;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.message.Participant;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Queries.WaitingPlace;
import dev.relay.core.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules of sections S4, conversations, and S5, customers. */
abstract class StoreConversationRules extends StoreWriteRules {
  private static final ConversationFilter ALL =
      new ConversationFilter(Set.of(), Optional.empty(), Optional.empty(), false);

  @Test
  void rule_S4_1_a_conversation_is_read_as_it_was_saved_in_every_state() {
    List<Handling> handlings =
        List.of(new Handling.Bot(2), waiting(SUPPORT, at(3)), live(ANN), closed());
    assertThat(handlings)
        .extracting(Handling::getClass)
        .as("every kind of handling is tried")
        .hasSameSizeAs(Handling.class.getPermittedSubclasses());

    Handling.Live asked = new Handling.Live(
        ANN,
        SUPPORT,
        DESK,
        at(1),
        at(2),
        Optional.of(at(3)),
        List.of(BOB, Participant.agent("cleo", "Cleo")));
    for (Handling handling : concatenated(handlings, asked)) {
      Conversation saved = store()
          .write(transaction -> transaction.save(wakingAt(
              Optional.of(at(100)),
              conversation(
                  transaction.newConversationId(), handling.hashCode() + ANY_TEXT, handling))));

      assertThat(saved.version()).isEqualTo(1);
      assertThatOptional(store().read(queries -> queries.conversation(saved.id())))
          .contains(saved);
    }
  }

  private static List<Handling> concatenated(List<Handling> some, Handling last) {
    List<Handling> all = new ArrayList<>(some);
    all.add(last);
    return all;
  }

  @Test
  void rule_S4_2_a_save_replaces_exactly_the_version_it_was_made_from() {
    Conversation first = newConversation("a");
    Conversation second =
        store().write(transaction -> transaction.save(handledBy(first, live(ANN))));

    assertThat(second.version()).isEqualTo(2);
    assertThat(second.handling()).isEqualTo(live(ANN));
    assertThatThrownBy(() -> write(transaction -> transaction.save(handledBy(first, closed()))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(first.id().toString());
    assertThatOptional(store().read(queries -> queries.conversation(first.id())))
        .contains(second);
  }

  @Test
  void rule_S4_3_an_address_has_one_conversation_that_is_not_closed() {
    Conversation first = newConversation("a");

    assertThatThrownBy(() -> newConversation("a")).isInstanceOf(StoreException.BadData.class);
    newConversation("b");
    assertThatOptional(store().read(queries -> queries.activeConversation(address("a"))))
        .contains(first);

    write(transaction -> transaction.save(handledBy(first, closed())));
    assertThatOptional(store().read(queries -> queries.activeConversation(address("a"))))
        .isEmpty();
    Conversation next = newConversation("a");
    assertThatOptional(store().read(queries -> queries.activeConversation(address("a"))))
        .contains(next);
    assertThatOptional(
            store().read(queries -> queries.activeConversation(new CustomerAddress(CHAT, "a"))))
        .isEmpty();
  }

  @Test
  void rule_S4_13_the_latest_conversation_at_an_address_is_found_and_the_one_before_another() {
    Conversation first = newConversation("a");
    Conversation closed =
        store().write(transaction -> transaction.save(handledBy(first, closed())));
    newConversation("b");
    Conversation second = newConversation("a");

    assertThatOptional(latest(Optional.empty())).contains(second);
    assertThatOptional(latest(Optional.of(second.id()))).contains(closed);
    assertThatOptional(latest(Optional.of(first.id()))).isEmpty();
  }

  private Optional<Conversation> latest(Optional<ConversationId> before) {
    return store().read(queries -> queries.latestConversation(address("a"), before));
  }

  @Test
  void rule_S4_4_conversations_are_found_by_state_agent_and_customer() {
    Conversation bot = newConversation("bot");
    Conversation waits = newConversation("waits", waiting(SUPPORT, NOW));
    Conversation anns = newConversation("anns", live(ANN));
    Conversation bobs = newConversation("bobs", live(BOB));
    Conversation other = store()
        .write(transaction -> transaction.save(of(
            new CustomerId(99),
            conversation(transaction.newConversationId(), "other", live(ANN)))));
    Conversation over = newConversation("over", closed());

    assertThat(found(ConversationFilter.in(ConversationState.WAITING))).containsExactly(waits);
    assertThat(found(ALL)).containsExactly(bot, waits, anns, bobs, other, over);
    assertThat(found(new ConversationFilter(
            Set.of(ConversationState.BOT, ConversationState.CLOSED),
            Optional.empty(),
            Optional.empty(),
            true)))
        .containsExactly(over, bot);
    assertThat(found(new ConversationFilter(Set.of(), Optional.of("ann"), Optional.empty(), false)))
        .containsExactly(anns, other);
    assertThat(found(new ConversationFilter(
            Set.of(ConversationState.LIVE),
            Optional.of("ann"),
            Optional.of(new CustomerId(99)),
            false)))
        .containsExactly(other);
  }

  @Test
  void rule_S4_5_pages_follow_each_other_without_gap_or_repetition() {
    List<Conversation> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      all.add(newConversation("a" + i));
    }

    assertThat(paged(ALL)).containsExactlyElementsOf(all);
    Collections.reverse(all);
    assertThat(paged(new ConversationFilter(Set.of(), Optional.empty(), Optional.empty(), true)))
        .containsExactlyElementsOf(all);
  }

  private List<Conversation> paged(ConversationFilter filter) {
    List<Conversation> all = new ArrayList<>();
    Optional<ConversationId> after = Optional.empty();
    while (true) {
      Optional<ConversationId> from = after;
      List<Conversation> page = store().read(queries -> queries.conversations(filter, from, 3));
      assertThat(page).hasSizeLessThanOrEqualTo(3);
      if (page.isEmpty()) {
        return all;
      }
      all.addAll(page);
      after = Optional.of(page.get(page.size() - 1).id());
    }
  }

  @Test
  void rule_S4_6_open_conversations_are_counted_by_state() {
    newConversation("a");
    newConversation("b");
    Conversation third = newConversation("c", live(ANN));
    newConversation("d", closed());
    write(transaction -> transaction.save(handledBy(third, closed())));

    assertThatObject(store().read(queries -> queries.openConversations()))
        .isEqualTo(Map.of(
            ConversationState.BOT, 2L, ConversationState.WAITING, 0L, ConversationState.LIVE, 0L));
  }

  @Test
  void rule_S4_7_who_waits_longest_is_first_in_the_queue() {
    Conversation second = newConversation("a", waiting(SUPPORT, at(2)));
    Conversation first = newConversation("b", waiting(SUPPORT, at(1)));
    Conversation third = newConversation("c", waiting(SUPPORT, at(2)));
    Conversation elsewhere = newConversation("d", waiting(QueueName.DEFAULT, at(0)));
    Conversation served = newConversation("e", live(ANN));

    inspect(queries -> {
      assertThat(queries.queuePosition(first.id())).contains(1);
      assertThat(queries.queuePosition(second.id())).contains(2);
      assertThat(queries.queuePosition(third.id())).contains(3);
      assertThat(queries.queuePosition(elsewhere.id())).contains(1);
      assertThat(queries.queuePosition(served.id())).isEmpty();
      assertThat(queries.queuePosition(new ConversationId(12345))).isEmpty();
      assertThat(queries.waitingIn(SUPPORT, second.id())).isEqualTo(2);
      assertThat(queries.waitingIn(SUPPORT, elsewhere.id())).isEqualTo(3);
    });

    write(transaction -> transaction.save(handledBy(first, live(ANN))));
    assertThatOptional(store().read(queries -> queries.queuePosition(second.id())))
        .contains(1);
  }

  @Test
  void rule_S4_8_positions_are_those_of_open_conversations_and_then_the_last_of_others() {
    Conversation open = newConversation("open");
    Conversation over = newConversation("over");
    write(transaction -> {
      transaction.savePosition(open.address(), "1", at(1));
      transaction.savePosition(open.address(), "2", at(2));
      transaction.savePosition(over.address(), "3", at(5));
      for (int i = 0; i < Queries.RECENT_POSITIONS; i++) {
        transaction.savePosition(address("nobody " + i), "4", at(i == 7 ? 3 : 4));
      }
      transaction.save(handledBy(over, closed()));
    });

    List<ChannelPosition> positions = store().read(queries -> queries.positions(WEB));
    assertThat(positions)
        .hasSize(1 + Queries.RECENT_POSITIONS)
        .doesNotContain(new ChannelPosition(address("nobody 7"), "4"));
    assertThat(positions.subList(0, 2))
        .containsExactly(
            new ChannelPosition(open.address(), "2"), new ChannelPosition(over.address(), "3"));
    assertThatList(store().read(queries -> queries.positions(CHAT))).isEmpty();
    assertThatOptional(store().read(queries -> queries.position(open.address())))
        .contains("2");
    assertThatOptional(store().read(queries -> queries.position(address("nobody 7"))))
        .contains("4");
    assertThatOptional(store().read(queries -> queries.position(address("new"))))
        .isEmpty();
  }

  @Test
  void rule_S4_9_due_timers_come_the_longest_due_first() {
    Conversation late = newConversation("a");
    Conversation early = newConversation("b");
    Conversation never = newConversation("c");
    write(transaction -> {
      transaction.save(wakingAt(Optional.of(at(20)), late));
      transaction.save(wakingAt(Optional.of(at(10)), early));
    });

    assertThat(due(at(9), 10)).isEmpty();
    assertThat(due(at(10), 10)).containsExactly(early.id());
    assertThat(due(at(30), 10)).containsExactly(early.id(), late.id()).doesNotContain(never.id());
    assertThat(due(at(30), 1)).containsExactly(early.id());
    assertThatOptional(store().read(queries -> queries.nextTimer())).contains(at(10));
    assertThat(ahead(at(9), 10)).containsExactly(late.id(), early.id());
    assertThat(ahead(at(9), 1)).containsExactly(late.id());
    assertThat(ahead(at(10), 10)).containsExactly(late.id());
    assertThat(ahead(at(20), 10)).isEmpty();

    write(transaction -> transaction.save(
        wakingAt(Optional.empty(), transaction.conversation(early.id()).orElseThrow())));
    assertThat(due(at(30), 10)).containsExactly(late.id());
    assertThatOptional(store().read(queries -> queries.nextTimer())).contains(at(20));
  }

  @Test
  void rule_S4_10_who_waits_longest_is_listed_first_whatever_the_queue() {
    Conversation third = newConversation("a", waiting(SUPPORT, at(2)));
    Conversation first = newConversation("b", waiting(SUPPORT, at(1)));
    Conversation fourth = newConversation("c", waiting(QueueName.DEFAULT, at(2)));
    Conversation second = newConversation("d", waiting(QueueName.DEFAULT, at(1)));
    newConversation("e", live(ANN));

    assertThat(waiting(Optional.empty(), 10)).containsExactly(first, second, third, fourth);
    assertThat(waiting(Optional.empty(), 1)).containsExactly(first);
    assertThat(waiting(place(at(1), first), 2)).containsExactly(second, third);

    write(transaction -> transaction.save(handledBy(second, live(ANN))));
    assertThat(waiting(place(at(1), second), 10))
        .as("who was last on the page before is served meanwhile")
        .containsExactly(third, fourth);
    assertThat(waiting(place(at(2), fourth), 10)).isEmpty();
  }

  @Test
  void rule_S4_12_priority_comes_before_the_time_of_waiting() {
    Conversation normal = newConversation("a", waiting(SUPPORT, at(1)));
    Conversation low = newConversation("b", waiting(CasePriority.LOW, at(0)));
    Conversation urgent = newConversation("c", waiting(CasePriority.URGENT, at(9)));
    newConversation("d", waiting(CasePriority.HIGH, at(5)));
    Conversation second = newConversation("e", waiting(SUPPORT, at(1)));

    inspect(queries -> {
      assertThatOptional(queries.queuePosition(urgent.id())).contains(1);
      assertThatOptional(queries.queuePosition(second.id())).contains(4);
      assertThatOptional(queries.queuePosition(low.id())).contains(5);
      assertThat(queries.waitingBefore(SUPPORT, turn(second), second.id())).isEqualTo(3);
      assertThat(queries.waitingBefore(SUPPORT, turn(normal), normal.id())).isEqualTo(2);
      assertThat(queries.waitingBefore(QueueName.DEFAULT, turn(low), low.id())).isZero();
    });
  }

  @Test
  void rule_S4_10_higher_priorities_are_listed_first() {
    Conversation normal = newConversation("a", waiting(SUPPORT, at(1)));
    Conversation low = newConversation("b", waiting(CasePriority.LOW, at(0)));
    Conversation urgent = newConversation("c", waiting(CasePriority.URGENT, at(9)));
    Conversation high = newConversation("d", waiting(CasePriority.HIGH, at(5)));

    assertThat(waiting(Optional.empty(), 10)).containsExactly(urgent, high, normal, low);
    assertThat(waiting(place(turn(high), high), 10)).containsExactly(normal, low);

    write(transaction -> transaction.save(handledBy(low, waiting(CasePriority.URGENT, at(0)))));
    assertThat(waiting(Optional.empty(), 10))
        .extracting(Conversation::id)
        .containsExactly(low.id(), urgent.id(), high.id(), normal.id());
  }

  private static Handling waiting(CasePriority priority, Instant since) {
    return new Handling.Waiting(SUPPORT, DESK, since, priority);
  }

  private static Instant turn(Conversation waiting) {
    return ((Handling.Waiting) waiting.handling()).turn();
  }

  @Test
  void rule_S4_11_live_conversations_are_counted_by_agent() {
    newConversation("a", live(ANN));
    newConversation("b", live(ANN));
    Conversation bobs = newConversation("c", live(BOB));
    newConversation("d", waiting(SUPPORT, NOW));
    assertThatObject(store().read(queries -> queries.liveByAgent()))
        .isEqualTo(Map.of("ann", 2L, "bob", 1L));

    write(transaction -> transaction.save(handledBy(bobs, closed())));

    assertThatObject(store().read(queries -> queries.liveByAgent())).isEqualTo(Map.of("ann", 2L));
  }

  private List<Conversation> waiting(Optional<WaitingPlace> after, int limit) {
    return store().read(queries -> queries.waiting(after, limit));
  }

  private static Optional<WaitingPlace> place(Instant since, Conversation conversation) {
    return Optional.of(new WaitingPlace(since, conversation.id()));
  }

  @Test
  void rule_S5_1_a_customer_is_found_by_id_and_by_the_channels_id() {
    Customer customer = newCustomer("maria");

    assertThatOptional(store().read(queries -> queries.customer(customer.id()))).contains(customer);
    assertThatOptional(store().read(queries -> queries.customer(WEB, "maria"))).contains(customer);
    assertThatOptional(store().read(queries -> queries.customer(CHAT, "maria"))).isEmpty();
    assertThatOptional(store().read(queries -> queries.customer(new CustomerId(12345))))
        .isEmpty();
  }

  @Test
  void rule_S5_2_a_customer_is_replaced_by_a_later_save() {
    Customer customer = newCustomer("maria");
    Customer allowed = customer.withBlock(Optional.empty()).toldOfCases(false);

    write(transaction -> transaction.save(allowed));

    assertThatOptional(store().read(queries -> queries.customer(WEB, "maria"))).contains(allowed);
  }

  @Test
  void rule_S5_3_a_person_of_a_channel_is_one_customer() {
    newCustomer("maria");

    assertThatThrownBy(() -> newCustomer("maria")).isInstanceOf(StoreException.BadData.class);
  }

  private List<Conversation> found(ConversationFilter filter) {
    return store().read(queries -> queries.conversations(filter, Optional.empty(), 100));
  }

  private List<ConversationId> due(Instant now, int limit) {
    return store().read(queries -> queries.conversationsDue(now, limit));
  }

  private List<ConversationId> ahead(Instant after, int limit) {
    return store().read(queries -> queries.conversationsAhead(after, limit));
  }
}
