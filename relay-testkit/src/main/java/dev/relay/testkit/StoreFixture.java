package dev.relay.testkit;

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
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.routing.Route;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.OptionalAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Fixture with the store under test and the data to write to it. */
abstract class StoreFixture {
  static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  static final PortId WEB = new PortId("web");
  static final PortId CHAT = new PortId("chat");
  static final PortId DESK = new PortId("desk");
  static final QueueName SUPPORT = new QueueName("support");
  static final Participant ANN = Participant.agent("ann", "Ann");
  static final Participant BOB = Participant.agent("bob", "Bob");
  /** Text in several alphabets, with characters beyond Unicode's first plane and characters that are special in other formats. */
  static final String ANY_TEXT = "¿Dónde está mi pedido? 日本 🎮 \"quoted\" <b>'%_\\\u0001\n\ttab";

  private @Nullable Store opened;

  /** Opens an empty store. Called once per test. */
  protected abstract Store open() throws Exception;

  /**
   * Closes a store and opens it again with its data. The default returns the same store, for stores that do not outlive their
   * process; rule S1.1 then proves little.
   */
  protected Store reopen(Store store) throws Exception {
    return store;
  }

  /**
   * Appends an entry whose content the store cannot read. The default appends content that says so, which is right for a store that keeps
   * objects; a store that keeps bytes appends a message and then damages its bytes.
   */
  protected TranscriptEntry appendUnreadable(
      Store store, ConversationId conversation, Destination destination, PortId port) {
    return store.write(transaction -> transaction.append(
        conversation,
        destination,
        Optional.of(port),
        new EntryContent.Unreadable("damaged"),
        Optional.empty(),
        NOW));
  }

  @BeforeEach
  final void openStore() throws Exception {
    opened = open();
  }

  @AfterEach
  final void closeStore() {
    store().close();
  }

  final Store store() {
    return Objects.requireNonNull(opened, "the store was not opened");
  }

  final void reopenStore() throws Exception {
    opened = reopen(store());
  }

  final void write(Consumer<Transaction> work) {
    store().write(transaction -> {
      work.accept(transaction);
      return true;
    });
  }

  /**
   * Runs checks that read the store. The compiler checks each statement of such a lambda expression once, but several times in one that
   * returns a value whose type has to be inferred: that took ten seconds of each build.
   */
  final void inspect(Consumer<Queries> checks) {
    store().read(queries -> {
      checks.accept(queries);
      return true;
    });
  }

  /** Returns an assertion about {@code actual}. With a generic type, the overload of {@code assertThat} would be ambiguous. */
  static <T> OptionalAssert<T> assertThatOptional(Optional<T> actual) {
    return Assertions.assertThat(actual);
  }

  static Instant at(long seconds) {
    return NOW.plusSeconds(seconds);
  }

  static CustomerAddress address(String key) {
    return new CustomerAddress(WEB, key);
  }

  final Customer newCustomer(String externalId) {
    return store().write(transaction -> {
      Customer customer = customer(transaction.newCustomerId(), externalId);
      transaction.save(customer);
      return customer;
    });
  }

  static Customer customer(CustomerId id, String externalId) {
    return new Customer(
        id,
        WEB,
        externalId,
        "María " + ANY_TEXT.substring(0, 20),
        Locale.forLanguageTag("es-MX"),
        Set.of("member", "vip"),
        Optional.of(new Customer.Block("spam", Optional.of(at(60)))),
        NOW);
  }

  /** Saves a new conversation with the virtual agent at that address. */
  final Conversation newConversation(String addressKey) {
    return newConversation(addressKey, new Handling.Bot(0));
  }

  final Conversation newConversation(String addressKey, Handling handling) {
    return store()
        .write(transaction ->
            transaction.save(conversation(transaction.newConversationId(), addressKey, handling)));
  }

  static Conversation conversation(ConversationId id, String addressKey, Handling handling) {
    return new Conversation(
        id,
        new CustomerId(7),
        address(addressKey),
        Locale.forLanguageTag("es-MX"),
        handling,
        new Route(
            "spanish", Route.ServedBy.LIVE_AGENT, SUPPORT, CasePriority.HIGH, Set.of("a", "b")),
        Optional.of(new CaseNumber(1042)),
        Resolution.ANSWERED,
        NOW,
        at(5),
        Optional.empty(),
        0);
  }

  static Conversation handledBy(Conversation old, Handling handling) {
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

  static Conversation of(CustomerId customer, Conversation old) {
    return new Conversation(
        old.id(),
        customer,
        old.address(),
        old.locale(),
        old.handling(),
        old.route(),
        old.supportCase(),
        old.resolution(),
        old.openedAt(),
        old.lastActivityAt(),
        old.wakeAt(),
        old.version());
  }

  static Conversation wakingAt(Optional<Instant> wakeAt, Conversation old) {
    return new Conversation(
        old.id(),
        old.customer(),
        old.address(),
        old.locale(),
        old.handling(),
        old.route(),
        old.supportCase(),
        old.resolution(),
        old.openedAt(),
        old.lastActivityAt(),
        wakeAt,
        old.version());
  }

  static Handling waiting(QueueName queue, Instant since) {
    return new Handling.Waiting(queue, DESK, since);
  }

  static Handling live(Participant agent) {
    return new Handling.Live(agent, SUPPORT, DESK, at(1));
  }

  static Handling closed() {
    return new Handling.Closed(at(9), ANN);
  }

  final SupportCase newCase(String subject) {
    return store()
        .write(transaction -> transaction.save(supportCase(transaction.newCaseNumber(), subject)));
  }

  static SupportCase supportCase(CaseNumber number, String subject) {
    return new SupportCase(
        number,
        CaseKind.BUG,
        CaseStatus.NEW,
        CasePriority.HIGH,
        subject,
        "it does not start",
        Map.of("version", "1.2", "steps", ANY_TEXT),
        Set.of("crash", "linux"),
        SUPPORT,
        Optional.of(ANN),
        new CustomerId(7),
        List.of(new ConversationId(3), new ConversationId(5)),
        Optional.of(new CaseNumber(1000)),
        NOW,
        at(1),
        Optional.of(at(2)),
        Optional.empty(),
        0);
  }

  static EntryContent said(String text) {
    return new EntryContent.Said(ANN, MessageBody.text(text));
  }

  /** Appends an entry for the customer, through {@link #WEB}. */
  final TranscriptEntry append(Conversation conversation, String text, Instant at) {
    return append(conversation.id(), Destination.CUSTOMER, WEB, text, at);
  }

  final TranscriptEntry append(
      ConversationId conversation, Destination to, PortId port, String text, Instant at) {
    return store()
        .write(transaction -> transaction.append(
            conversation, to, Optional.of(port), said(text), Optional.empty(), at));
  }

  /** Runs the work on that many threads at once and returns their results. */
  static <T> List<T> atOnce(int threads, IntFunction<T> work) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        running.add(executor.submit(() -> {
          start.await();
          return work.apply(number);
        }));
      }
      start.countDown();
      List<T> answers = new ArrayList<>();
      for (Future<T> each : running) {
        answers.add(soon(each));
      }
      return answers;
    } finally {
      executor.shutdownNow();
    }
  }

  /** Waits for the result, for at most a minute: far longer than any work here takes. */
  static <T> T soon(Future<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(1, TimeUnit.MINUTES);
  }
}
