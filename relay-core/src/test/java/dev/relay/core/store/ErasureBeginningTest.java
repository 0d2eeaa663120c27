package dev.relay.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Handling;
import dev.relay.core.conversation.Resolution;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Topic;
import dev.relay.core.routing.Route;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.Store.PersonalData;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ErasureBeginningTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final PortId WEB = new PortId("web");
  private static final Participant BOSS = Participant.agent("boss", "Boss");
  private static final Participant ANN = Participant.agent("ann", "Ann");
  private static final CustomerAddress ADDRESS = new CustomerAddress(WEB, "ada");

  private final MemoryStore store = new MemoryStore();
  private final CustomerId ada = store.write(transaction -> {
    Customer customer = new Customer(
        transaction.newCustomerId(),
        WEB,
        "ada",
        "Ada",
        Locale.ENGLISH,
        Set.of("vip"),
        Optional.of(new Customer.Block("rude", Optional.empty())),
        NOW);
    transaction.save(customer);
    return customer.id();
  });

  @Test
  void the_customer_is_found_by_number_alone_and_stays_who_they_were_to_the_statistics() {
    Customer erased = begun();

    assertThatObject(erased.id()).isEqualTo(ada);
    assertThatObject(erased.firstSeenAt()).isEqualTo(NOW);
    assertThatObject(erased.channel()).isEqualTo(WEB);
    assertThat(erased.displayName()).isEqualTo("#" + ada);
    assertThat(erased.roles()).isEmpty();
    assertThat(erased.block()).isEmpty();
    assertThat(erased.isErased()).isTrue();
    assertThatObject(store.read(it -> it.customer(WEB, "ada"))).isEqualTo(Optional.empty());
  }

  @Test
  void an_open_conversation_prevents_it_whoever_has_it() {
    ConversationId open = conversation(new Handling.Bot(0)).id();

    List<ConversationId> prevented =
        store.write(transaction -> PersonalData.begin(transaction, same(transaction), BOSS, NOW));

    assertThat(prevented).containsExactly(open);
    assertThatObject(store.read(it -> it.customer(ada)).orElseThrow().displayName())
        .isEqualTo("Ada");
    assertThatThrownBy(
            () -> store.read(it -> it.conversation(open)).orElseThrow().erased())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has not ended");
  }

  @Test
  void a_delivery_that_is_under_way_is_fenced_and_those_behind_it_are_never_made() {
    Conversation closed = conversation(new Handling.Closed(NOW, ANN));
    LaneKey lane = new LaneKey(closed.id(), Destination.CUSTOMER);
    say(lane, "one");
    say(lane, "two");
    Claim claim =
        store.write(it -> it.claim(WEB, NOW, NOW.plusSeconds(60), "owner", 1)).get(0);

    begun();

    Lane.Settled late = store.write(it -> it.settle(
        lane, claim.epoch(), 1, new Settlement.Done(Optional.empty(), NOW.plusSeconds(60)), NOW));
    assertThatObject(late).isInstanceOf(Lane.Settled.Fenced.class);
    assertThat(store.read(it -> it.lane(lane)).orElseThrow().depth()).isZero();
    assertThatObject(store.read(it -> it.latestConversation(ADDRESS, Optional.empty())))
        .isEqualTo(Optional.empty());
  }

  @Test
  void a_case_is_closed_for_good_without_words_and_its_card_follows() {
    CaseNumber number = openCase();
    LaneKey cards = Topic.FEATURE_REQUEST.lane();
    var card = store.write(it -> it.append(
        cards.conversation(),
        cards.destination(),
        Optional.of(new PortId("announcer")),
        new EntryContent.Announced(BOSS, Topic.FEATURE_REQUEST, "More hats", "", Optional.empty()),
        Optional.of("card-" + number.value()),
        NOW));

    begun();

    SupportCase erased = store.read(it -> it.supportCase(number)).orElseThrow();
    assertThatObject(erased.status()).isEqualTo(CaseStatus.CLOSED);
    assertThat(erased.subject()).isEqualTo(number.toString());
    assertThat(erased.description() + erased.fields() + erased.tags()).isEqualTo("{}[]");
    assertThatObject(erased.priority()).isEqualTo(CasePriority.HIGH);
    assertThat(erased.assignee()).contains(ANN);
    assertThat(erased.wakeAt()).isEmpty();
    assertThatObject(store.read(it -> it.history(number, 10).get(0).actor())).isEqualTo(BOSS);
    assertThatObject(store.read(it -> it.laneEntry(cards, 2)).orElseThrow().content())
        .isEqualTo(new EntryContent.CardChanged(number, card.id()));
  }

  @Test
  void repeating_it_changes_nothing() {
    CaseNumber number = openCase();
    ConversationId closed = conversation(new Handling.Closed(NOW, ANN)).id();
    begun();
    long versionOfCase = store.read(it -> it.supportCase(number)).orElseThrow().version();
    long version = store.read(it -> it.conversation(closed)).orElseThrow().version();

    begun();

    assertThat(store.read(it -> it.supportCase(number)).orElseThrow().version())
        .isEqualTo(versionOfCase);
    assertThat(store.read(it -> it.conversation(closed)).orElseThrow().version())
        .isEqualTo(version);
  }

  @Test
  void a_customer_who_ended_a_conversation_has_no_name_there() {
    Participant customer = new Participant(Participant.Role.CUSTOMER, ada.toString(), "Ada");
    ConversationId closed = conversation(new Handling.Closed(NOW, customer)).id();

    begun();

    Handling.Closed handling = (Handling.Closed)
        store.read(it -> it.conversation(closed)).orElseThrow().handling();
    assertThat(handling.by().displayName()).isEqualTo("#" + ada);
  }

  private Customer begun() {
    store.write(transaction -> {
      assertThat(PersonalData.begin(transaction, same(transaction), BOSS, NOW)).isEmpty();
      return true;
    });
    return store.read(it -> it.customer(ada)).orElseThrow();
  }

  private List<Customer> same(Queries queries) {
    return queries.sameCustomers(ada);
  }

  private void say(LaneKey lane, String text) {
    var unused = store.write(it -> it.append(
        lane.conversation(),
        lane.destination(),
        Optional.of(WEB),
        new EntryContent.Said(ANN, MessageBody.text(text)),
        Optional.empty(),
        NOW));
  }

  private Conversation conversation(Handling handling) {
    return store.write(transaction -> transaction.save(new Conversation(
        transaction.newConversationId(),
        ada,
        ADDRESS,
        Locale.ENGLISH,
        handling,
        Route.FALLBACK,
        Optional.empty(),
        Resolution.NONE,
        NOW,
        NOW,
        Optional.empty(),
        0)));
  }

  private CaseNumber openCase() {
    return store.write(transaction -> transaction
        .save(new SupportCase(
            transaction.newCaseNumber(),
            CaseKind.FEATURE_REQUEST,
            CaseStatus.NEW,
            CasePriority.HIGH,
            "More hats",
            "I need hats",
            Map.of("platform", "pc"),
            Set.of("hats"),
            QueueName.DEFAULT,
            Optional.of(ANN),
            ada,
            List.of(),
            Optional.empty(),
            NOW,
            NOW,
            Optional.empty(),
            Optional.of(NOW.plusSeconds(60)),
            0))
        .number());
  }
}
