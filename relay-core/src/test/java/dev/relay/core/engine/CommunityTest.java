package dev.relay.core.engine;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Rejected.Scope;
import dev.relay.core.delivery.Health;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.Announced.Planned;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Topic;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.operations.Announcements;
import dev.relay.core.operations.Leases;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.store.Transaction;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The services for the community: announcements, reports, blocks and ratings. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommunityTest {
  private static final EventKey ITEM = new EventKey("feed", "item-17");

  private final Bench bench = new Bench();

  @Test
  void an_announcement_with_a_key_is_published_once() {
    CompletableFuture<EntryId> first = announce();
    CompletableFuture<EntryId> second = announce();
    bench.time.settle();

    assertThat(second.join()).isEqualTo(first.join());
    assertThat(bench.news.shown()).containsExactly("Patch 1.2");
  }

  @Test
  void a_planned_announcement_is_published_once_when_its_time_has_come() {
    Planned planned = plan(Duration.ofHours(2), "request");
    assertThat(plan(Duration.ofHours(2), "request")).as("a repeat").isEqualTo(planned);
    bench.time.pass(Duration.ofHours(1));
    assertThat(bench.news.shown()).isEmpty();

    bench.time.pass(Duration.ofHours(2));

    assertThat(bench.news.shown()).containsExactly("Patch 1.3");
    assertThat(announcements().planned()).containsExactly(planned.in(Planned.State.PUBLISHED));
    bench.time.pass(Duration.ofHours(2));
    assertThat(bench.news.shown()).hasSize(1);
    assertThat(cancelled(planned)).as("too late").isEmpty();
  }

  @Test
  void a_cancelled_announcement_is_not_published() {
    Planned planned = plan(Duration.ofHours(2), "request");

    assertThat(cancelled(planned)).contains(planned.in(Planned.State.CANCELLED));
    assertThat(cancelled(planned)).isEmpty();
    bench.time.pass(Duration.ofHours(3));
    assertThat(bench.news.shown()).isEmpty();
  }

  @Test
  void an_announcement_is_planned_for_the_future_only() {
    for (Duration wrong :
        List.of(Duration.ZERO, Duration.ofHours(-1), Planned.MAX_AHEAD.plusHours(1))) {
      CompletableFuture<Optional<Planned>> refused = announcements()
          .plan(
              Bench.BEA,
              "Patch 1.3",
              "",
              Optional.empty(),
              bench.time.instant().plus(wrong),
              Optional.empty());
      assertThat(refused).isCompletedExceptionally();
    }
  }

  private Optional<Planned> cancelled(Planned planned) {
    CompletableFuture<Optional<Planned>> cancelled = announcements().cancel(planned.id());
    bench.time.settle();
    return cancelled.join();
  }

  private Announcements announcements() {
    return bench.engine().services().announcements();
  }

  @Test
  void planned_announcements_are_not_read_one_by_one() {
    List<String> reads = new ArrayList<>();
    bench.store = new CountingStore(bench.memory, reads);
    for (int i = 1; i <= 5; i++) {
      plan(Duration.ofHours(i), "request " + i);
    }
    reads.clear();

    assertThat(announcements().planned()).hasSize(5);

    assertThat(reads).containsExactlyInAnyOrder("plannedAnnouncements", "announcementsDue");
  }

  /** A store that notes what is asked of it in reads. */
  private record CountingStore(Store memory, List<String> reads) implements Store {
    @Override
    public <T> T write(Function<Transaction, T> work) {
      return memory.write(work);
    }

    @Override
    public <T> T read(Function<Queries, T> query) {
      return memory.read(queries -> query.apply((Queries) Proxy.newProxyInstance(
          CountingStore.class.getClassLoader(),
          new Class<?>[] {Queries.class},
          (proxy, method, arguments) -> {
            reads.add(method.getName());
            return method.invoke(queries, arguments);
          })));
    }

    @Override
    public Attachments attachments() {
      return memory.attachments();
    }

    @Override
    public Health health() {
      return memory.health();
    }

    @Override
    public void close() {
      memory.close();
    }
  }

  @Test
  void planned_announcements_are_limited_in_number_and_those_that_wait_are_listed_first() {
    Planned published = plan(Duration.ofMinutes(1), "published");
    bench.time.pass(Duration.ofHours(1));
    for (int i = Planned.MAX_WAITING; i > 0; i--) {
      plan(Duration.ofHours(i), "request " + i);
    }

    assertThat(planned(Duration.ofDays(2), "one more")).isEmpty();
    assertThat(planned(Duration.ofHours(1), "request 1")).isPresent();
    List<Planned> listed = announcements().planned();
    assertThat(listed)
        .hasSize(Planned.MAX_WAITING + 1)
        .last()
        .isEqualTo(published.in(Planned.State.PUBLISHED));
    assertThat(listed.subList(0, Planned.MAX_WAITING)).isSortedAccordingTo(comparing(Planned::at));

    cancelled(listed.get(0));

    assertThat(planned(Duration.ofDays(2), "one more")).isPresent();
  }

  private Planned plan(Duration ahead, String key) {
    return planned(ahead, key).orElseThrow();
  }

  private Optional<Planned> planned(Duration ahead, String key) {
    CompletableFuture<Optional<Planned>> planned = announcements()
        .plan(
            Bench.BEA,
            "Patch 1.3",
            "",
            Optional.empty(),
            bench.time.instant().plus(ahead),
            Optional.of(key));
    bench.time.settle();
    return planned.join();
  }

  private CompletableFuture<EntryId> announce() {
    return bench
        .engine()
        .services()
        .announcements()
        .publish(Bench.BEA, "Patch 1.2", "", Optional.empty(), Optional.of(ITEM));
  }

  @Test
  void a_bug_is_announced_if_the_announcer_has_a_place_for_bugs() {
    bench.submitted(filed(CaseKind.BUG, "The lift is stuck"));

    assertThat(bench.news.shown()).containsExactly("#1001 The lift is stuck");
  }

  @Test
  void whoever_announces_learns_that_an_earlier_refusal_holds_everything_up() {
    Announcements announcements = bench.engine().services().announcements();
    assertThat(announcements.heldBecause()).isEmpty();

    bench.news.fails(new DeliveryResult.Rejected(Scope.CUSTOMER, "unknown channel"));
    var unused = announce();
    bench.time.settle();

    assertThat(announcements.heldBecause()).contains("unknown channel");
  }

  @Test
  void whoever_announces_learns_that_the_announcer_is_down() {
    Announcements announcements = bench.engine().services().announcements();
    bench.news.fails(new DeliveryResult.PortDown("token refused", Optional.empty()));
    var unused = announce();
    bench.time.settle();

    assertThat(announcements.heldBecause()).contains("token refused");
  }

  private void change(CaseChange change) {
    var unused = bench
        .engine()
        .services()
        .cases()
        .change(new CaseNumber(1001), change, Bench.BEA, OptionalLong.empty());
    bench.time.settle();
  }

  @Test
  void a_card_follows_the_status_priority_and_assignee_of_its_case() {
    bench.submitted(filed(CaseKind.BUG, "The lift is stuck"));
    change(CaseChange.status(CaseStatus.OPEN));
    change(CaseChange.none().withStatus(CaseStatus.SOLVED));

    assertThat(bench.news.shown()).as("posted once").containsExactly("#1001 The lift is stuck");
    assertThat(bench.cards)
        .hasSize(2)
        .allMatch(card -> card.contains(" #1001 The lift is stuck "))
        .first()
        .asString()
        .endsWith("OPEN");
    assertThat(bench.cards.get(1)).endsWith("SOLVED");
  }

  @Test
  void a_change_that_a_card_does_not_show_leaves_it_alone() {
    bench.submitted(filed(CaseKind.BUG, "The lift is stuck"));
    change(new CaseChange(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Set.of("lift")),
        Optional.empty(),
        Optional.empty()));

    assertThat(bench.cards).isEmpty();
  }

  @Test
  void a_card_that_cannot_be_published_yet_is_published_before_it_follows() {
    bench.news.fails(new DeliveryResult.RetryLater("not now", Optional.of(Duration.ofSeconds(10))));
    bench.submitted(filed(CaseKind.BUG, "The lift is stuck"));
    change(CaseChange.status(CaseStatus.OPEN));
    assertThat(bench.cards).isEmpty();

    bench.time.pass(Duration.ofSeconds(30));

    assertThat(bench.news.shown()).containsExactly("#1001 The lift is stuck");
    assertThat(bench.cards).hasSize(1);
  }

  @Test
  void a_topic_whose_place_is_gone_stops_no_other_topic() {
    bench.news.fails(new DeliveryResult.Rejected(Scope.CUSTOMER, "unknown channel"));
    bench.submitted(filed(CaseKind.BUG, "The lift is stuck"));
    bench.submitted(filed(CaseKind.BUG, "The lift is still stuck"));

    var unused = announce();
    bench.time.settle();

    assertThat(bench.news.shown()).containsExactly("Patch 1.2");
    assertThat(bench.memory.read(queries -> queries.lane(Topic.BUG.lane())).orElseThrow())
        .matches(lane -> lane.parkedAt().isPresent() && lane.depth() == 2);
    List<TranscriptEntry> announced =
        bench.memory.read(queries -> queries.announcements(new EntryId(0), 10));
    assertThat(announced).hasSize(3);
  }

  @Test
  void a_feature_request_is_not_announced_without_a_place_for_feature_requests() {
    bench.submitted(filed(CaseKind.FEATURE_REQUEST, "A bigger lift"));

    assertThat(bench.news.calls).isEmpty();
  }

  private CustomerEvent filed(CaseKind kind, String subject) {
    return new CustomerEvent.CaseFiled(bench.origin("ada"), kind, subject, "Really.", Map.of());
  }

  @Test
  void an_ended_conversation_can_be_rated_and_the_case_history_records_it() {
    endedByBea();

    IntakeResult result = bench.submitted(rated("ada", 4));

    assertThat(result).isInstanceOf(IntakeResult.Accepted.class);
    List<TranscriptEntry> entries =
        bench.memory.read(queries -> queries.latestEntries(new ConversationId(1), 10));
    assertThat(entries)
        .anySatisfy(entry -> assertThat(entry.content())
            .isInstanceOfSatisfying(
                EntryContent.Rated.class, it -> assertThat(it.score()).isEqualTo(4)));
    List<CaseHistoryEntry> history =
        bench.memory.read(queries -> queries.history(new CaseNumber(1001), 20));
    assertThat(history)
        .extracting(CaseHistoryEntry::field, CaseHistoryEntry::after)
        .contains(tuple("rating", "4"));
    assertThat(bench.textsToCustomers()).last().isEqualTo("You gave 4 of 5. Thank you!");
  }

  @Test
  void another_rating_changes_the_thanks_and_the_same_one_changes_nothing() {
    endedByBea();
    bench.submitted(rated("ada", 2));
    int messages = bench.textsToCustomers().size();
    int history = ratings().size();

    bench.submitted(rated("ada", 2));
    assertThat(ratings()).hasSize(history);
    bench.submitted(rated("ada", 4));
    bench.submitted(rated("ada", 5));
    bench.submitted(rated("ada", 5));

    assertThat(bench.textsToCustomers()).hasSize(messages);
    assertThat(bench.editsToCustomers())
        .containsExactly("You gave 4 of 5. Thank you!", "You gave 5 of 5. Thank you!");
    assertThat(ratings()).extracting(CaseHistoryEntry::after).containsExactly("2", "4", "5");
  }

  @Test
  void each_new_score_is_reported_once_and_a_comment_reports_nothing() {
    endedByBea();
    assertRefused(rated("ada", 6), Refusal.Code.INVALID);
    bench.submitted(rated("ada", 2));
    bench.submitted(rated("ada", 2));
    bench.submitted(bench.wrote("ada", "Feedback: slow"));
    assertThat(bench.scores).containsExactly("web: 2");

    bench.submitted(rated("ada", 5));
    bench.submitted(rated("ada", 5));
    bench.submitted(rated("ada", 2));

    assertThat(bench.scores).containsExactly("web: 2", "web: 5", "web: 2");
  }

  @Test
  void a_number_after_the_end_rates_and_the_next_question_begins_a_new_conversation() {
    endedByBea();

    bench.submitted(bench.wrote("ada", "4"));
    bench.submitted(bench.wrote("ada", "Feedback: quick help"));
    assertThat(ratings()).extracting(CaseHistoryEntry::after).containsExactly("4", "4: quick help");
    assertThat(bench.textsToCustomers()).last().isEqualTo("You gave 4 of 5. Thank you!");
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.CLOSED);

    bench.submitted(bench.wrote("ada", "2 of my accounts are locked"));
    assertThat(bench.conversation(2).state()).isEqualTo(ConversationState.BOT);
    bench.submitted(bench.wrote("ada", "5"));
    assertThat(ratings()).as("a number within a conversation is no rating").hasSize(2);
  }

  private List<CaseHistoryEntry> ratings() {
    return bench.memory.read(queries -> queries.history(new CaseNumber(1001), 20)).stream()
        .filter(entry -> entry.field().equals("rating"))
        .toList();
  }

  @Test
  void an_open_or_foreign_conversation_cannot_be_rated_nor_with_a_score_beyond_the_limits() {
    bench.submitted(bench.wrote("ada", "Hello"));
    assertRefused(rated("ada", 4), Refusal.Code.INVALID);

    endedByBea();
    assertRefused(rated("bob", 4), Refusal.Code.UNKNOWN_CONVERSATION);
    assertRefused(rated("ada", 0), Refusal.Code.INVALID);
    assertRefused(rated("ada", 6), Refusal.Code.INVALID);
  }

  private void endedByBea() {
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.joined(1, Bench.BEA));
    bench.submitted(new DeskEvent.AgentEnded(
        new ConversationId(1), Optional.empty(), Bench.BEA, CaseStatus.SOLVED));
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.CLOSED);
  }

  private CustomerEvent rated(String customer, int score) {
    return new CustomerEvent.CustomerRated(bench.origin(customer), new ConversationId(1), score);
  }

  private void assertRefused(CustomerEvent event, Refusal.Code code) {
    assertThat(bench.submitted(event))
        .isInstanceOfSatisfying(
            IntakeResult.Refused.class, it -> assertThat(it.refusal().code()).isEqualTo(code));
  }

  @Test
  void a_blocked_customer_is_refused_until_they_are_allowed_again() {
    bench.submitted(bench.wrote("ada", "Hello"));

    block(Optional.of(new Customer.Block("spam", Optional.empty())));
    assertThat(bench.submitted(bench.wrote("ada", "Hello?")))
        .isInstanceOf(IntakeResult.Refused.class);

    block(Optional.empty());
    assertThat(bench.submitted(bench.wrote("ada", "Hello!")))
        .isInstanceOf(IntakeResult.Accepted.class);
  }

  @Test
  void messages_of_a_blocked_customer_are_not_read_again_after_a_restart() {
    bench.submitted(bench.wrote("ada", "Hello"));
    block(Optional.of(new Customer.Block("spam", Optional.empty())));
    Origin plain = bench.origin("ada");
    Origin withPosition = new Origin(
        plain.key(),
        plain.address(),
        plain.profile(),
        Optional.of("17"),
        Optional.empty(),
        Optional.empty());

    assertThat(bench.submitted(new CustomerEvent.CustomerWrote(
            withPosition, Optional.empty(), MessageBody.text("an insult"))))
        .isInstanceOf(IntakeResult.Refused.class);

    assertThat(bench.engine().services().intake().positions(Bench.WEB))
        .containsExactly(new ChannelPosition(plain.address(), "17"));
  }

  @Test
  void news_cannot_be_published_if_the_announcer_has_a_place_for_reports_only() {
    bench.topics = Set.of(Topic.BUG);

    assertThat(bench.engine().services().announcements().isPossible()).isFalse();
    assertThat(announce()).isCompletedExceptionally();
    bench.submitted(filed(CaseKind.BUG, "The lift is stuck"));
    assertThat(bench.news.shown()).containsExactly("#1001 The lift is stuck");
  }

  private void block(Optional<Customer.Block> block) {
    CompletableFuture<Optional<Customer>> blocked =
        bench.engine().services().customers().block(new CustomerId(1), block);
    bench.time.settle();
    assertThat(blocked.join().orElseThrow().block()).isEqualTo(block);
  }

  @Test
  void a_block_needs_a_reason_and_a_customer() {
    CompletableFuture<Optional<Customer>> unreasoned = bench
        .engine()
        .services()
        .customers()
        .block(new CustomerId(1), Optional.of(new Customer.Block(" ", Optional.empty())));
    CompletableFuture<Optional<Customer>> unknown =
        bench.engine().services().customers().block(new CustomerId(99), Optional.empty());
    bench.time.settle();

    assertThat(unreasoned).isCompletedExceptionally();
    assertThat(unknown.join()).isEmpty();
  }

  @Test
  void one_of_two_instances_holds_a_lease_until_it_ends_or_is_returned() {
    Leases one = bench.engine().services().leases();
    Engine other = bench.newEngine("two");
    other.start();
    Leases two = other.services().leases();

    assertThat(submitted(one)).isTrue();
    assertThat(submitted(two)).isFalse();
    bench.time.pass(Duration.ofSeconds(20));
    assertThat(submitted(one)).isTrue();
    bench.time.pass(Duration.ofSeconds(20));
    assertThat(submitted(two)).isFalse();
    bench.time.pass(Duration.ofSeconds(10));
    assertThat(submitted(two)).isTrue();

    CompletableFuture<Boolean> given = two.giveUp("gateway");
    bench.time.settle();
    assertThat(given).isCompleted();
    assertThat(submitted(one)).isTrue();
  }

  private boolean submitted(Leases leases) {
    CompletableFuture<Boolean> answer = leases.take("gateway", Duration.ofSeconds(30));
    bench.time.settle();
    return answer.join();
  }

  @Test
  void a_position_is_stored_without_an_event() {
    bench.submitted(bench.wrote("ada", "Hello"));
    CustomerAddress address = new CustomerAddress(Bench.WEB, "ada");

    CompletableFuture<Boolean> kept =
        bench.engine().services().intake().keepPosition(address, "thread-5/message-9");
    bench.time.settle();

    assertThat(kept.join()).isTrue();
    assertThat(bench.engine().services().intake().positions(Bench.WEB))
        .isEqualTo(List.of(new ChannelPosition(address, "thread-5/message-9")));
  }
}
