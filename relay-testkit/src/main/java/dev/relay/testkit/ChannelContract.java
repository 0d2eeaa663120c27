package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Channel.TypingIndicator;
import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerAddress.Reach;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Delivered;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.ArticleLink;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of docs/channel-contract.md that every {@link Channel} must keep. Extend this class and connect your channel to a fake
 * far side; the channel is finished when all tests are green.
 */
public abstract class ChannelContract extends PortContract<Channel> {
  private static final Participant AGENT = Participant.agent("bea", "Bea");
  /** Earlier than the clock of any far side. */
  private static final Instant AT = Instant.EPOCH;

  /** Creates the contract; called by the subclass that tests a channel. */
  protected ChannelContract() {}

  /** Returns a channel against a fake far side that works; called again within a test, one more against the same far side. */
  protected abstract Channel newChannel() throws Exception;

  /** Returns the address of the customer of that number (1 to 8) on the fake far side. */
  protected abstract CustomerAddress address(int customer) throws Exception;

  /**
   * Returns the messages that the customer sees now, oldest first: edited as edited, without those taken back. Each has all the words
   * that the customer reads: the text, then the articles with title, passage and address.
   */
  protected abstract List<String> shown(CustomerAddress address) throws Exception;

  /**
   * Lets the customer write on the far side. If called twice with the same address and id, the far side must report the same message
   * twice; the same id at another address is another message.
   */
  protected abstract void customerWrites(CustomerAddress address, String messageId, String text)
      throws Exception;

  /** Checks whether the far side keeps what customers write while no channel listens; override if it does not. */
  protected boolean canReadWhatItMissed() {
    return true;
  }

  /**
   * Returns how long the far side must be unreachable until the channel notices it: longer than the pause between two polls.
   * Override it with zero if your fake breaks open connections itself.
   */
  protected Duration outage() {
    return Duration.ofMillis(300);
  }

  /** Prepares a delivery, which is already in the transcript. Override for channels that show the transcript itself. */
  protected void stored(Delivery delivery) throws Exception {}

  /** Returns the time of the channel's clock; override it if your test gives the channel a clock of its own. */
  protected Instant now() {
    return Instant.now();
  }

  @Override
  final Channel open() throws Exception {
    return newChannel();
  }

  @Override
  final void start(Channel channel, Inbox inbox) {
    channel.start(inbox);
  }

  @Override
  final void stop(Channel channel) {
    channel.stop();
  }

  private Delivery delivery(int customer, int number, Outbound what) throws Exception {
    LaneKey lane = new LaneKey(new ConversationId(customer), Destination.CUSTOMER);
    return new Delivery(
        DeliveryId.of(lane, number),
        lane.conversation(),
        new EntryId(customer * 1_000L + number),
        address(customer),
        Locale.ENGLISH,
        what,
        1,
        AT);
  }

  private Delivery message(int customer, int number, String text) throws Exception {
    return delivery(customer, number, new Outbound.Message(AGENT, MessageBody.text(text)));
  }

  private DeliveryResult deliver(Delivery delivery) throws Exception {
    stored(delivery);
    return port().deliver(delivery);
  }

  @Test
  @DisplayName("C1.1 MUST always have the same id and the same capabilities")
  void isAlwaysTheSame() throws Exception {
    Channel channel = port();
    Capabilities before = channel.capabilities();
    assertThat(channel.id()).isEqualTo(address(1).channel());
    started();
    assertThat(channel.id()).isEqualTo(address(1).channel());
    assertThat(channel.capabilities()).isEqualTo(before);
    assertThat(before.maxTextLength()).isPositive();
  }

  @Test
  @DisplayName("C1.2 MUST start soon even if the medium cannot be reached")
  void startsSoon() throws Exception {
    checkStartsSoon();
  }

  @Test
  @DisplayName("C1.3 MUST NOT throw when the medium fails")
  void throwsNothing() throws Exception {
    started();
    checkThrowsNothing();
  }

  @Test
  @DisplayName("C1.4 MUST show a repeated delivery id once, also after a restart")
  void showsOnce() throws Exception {
    started();
    checkShowsOnce();
  }

  @Test
  @DisplayName(
      "C1.5 MUST answer Unknown, never RetryLater or Rejected, if the far side may have acted")
  void reportsDoubt() throws Exception {
    started();
    checkReportsDoubt();
  }

  @Test
  @DisplayName("C1.6 SHOULD read what was written since the positions that the intake knows")
  void readsWhatItMissed() throws Exception {
    if (!canReadWhatItMissed()) {
      return;
    }
    Channel channel = started();
    customerWrites(address(1), "m1", "received");
    eventually("the first message arrives", () -> wrote().size() == 1);
    stop(channel);
    customerWrites(address(1), "m2", "missed");
    Origin origin = wrote().get(0).origin();
    origin
        .position()
        .ifPresent(position -> intake.knows(new ChannelPosition(origin.address(), position)));
    restart();

    eventually("the missed message arrives", () -> hasArrived("missed"));
  }

  @Test
  @DisplayName("C1.7 MUST submit nothing after stop, which may be called twice")
  void isSilentAfterStop() throws Exception {
    checkIsSilentAfterStop(new Acts() {
      @Override
      public void before() {}

      @Override
      public void tooLate() throws Exception {
        customerWrites(address(1), "m1", "too late");
      }

      @Override
      public void inTime() throws Exception {
        customerWrites(address(1), "m2", "in time");
      }

      @Override
      public boolean isReceivedBy(RecordingIntake other) {
        return !other.events(CustomerWrote.class).isEmpty();
      }
    });
  }

  @Test
  @DisplayName("C1.8 MUST pass on how long the far side asks to wait")
  void passesOnTheRequestedWait() throws Exception {
    started();
    checkPassesOnTheRequestedWait();
  }

  @Test
  @DisplayName("C1.9 MUST answer Rejected if the far side will never accept the delivery")
  void rejectsWhatIsRefused() throws Exception {
    started();
    checkRejectsWhatIsRefused();
  }

  @Test
  @DisplayName("C1.10 MUST look up the truth, or answer CannotTell")
  void looksUpTheTruth() throws Exception {
    started();
    checkLooksUpTheTruth();
  }

  @Test
  @DisplayName("C1.11 MUST keep the words of messages out of reasons")
  void keepsTextsOutOfReasons() throws Exception {
    started();
    checkKeepsTextsOutOfReasons();
  }

  @Test
  @DisplayName("C1.12 MUST show the longest text completely, in as many messages as it takes")
  void showsLongTextsCompletely() throws Exception {
    started();
    StringBuilder words = new StringBuilder();
    for (int word = 0; words.length() < MessageBody.MAX_TEXT - 10; word++) {
      words.append('w').append(word).append(' ');
    }
    String text = words.append("end").toString();
    assertThat(deliver(message(1, 1, text))).isInstanceOf(Delivered.class);
    String seen = String.join(" ", shown(address(1))).replaceAll("\\s+", "");
    assertThat(seen).isEqualTo(text.replaceAll("\\s+", ""));
  }

  @Test
  @DisplayName("C1.13 MUST accept any text")
  void acceptsAnyText() throws Exception {
    started();
    int number = 0;
    for (String text : HostileTexts.all()) {
      if (text.isBlank() || text.length() > MessageBody.MAX_TEXT) {
        continue;
      }
      Delivery delivery = message(1, ++number, text);
      assertThatCode(() -> deliver(delivery))
          .as(HostileTexts.shown(text))
          .doesNotThrowAnyException();
    }
  }

  @Test
  @DisplayName(
      "C1.14 MUST edit and delete messages that it has delivered, if its capabilities say so")
  void changesWhatItDelivered() throws Exception {
    Capabilities can = started().capabilities();
    Delivered first = (Delivered) deliver(message(1, 1, "first"));
    Delivered second = (Delivered) deliver(message(1, 2, "second"));
    if (can.edits()) {
      String id = first.externalId().orElseThrow();
      assertThat(deliver(delivery(1, 3, new Outbound.Edit(id, AGENT, "better"))))
          .isInstanceOf(Delivered.class);
      assertThat(shown(address(1))).containsExactly("better", "second");
    }
    if (can.deletes()) {
      String id = second.externalId().orElseThrow();
      assertThat(deliver(delivery(1, 4, new Outbound.Delete(id)))).isInstanceOf(Delivered.class);
      assertThat(shown(address(1))).hasSize(1).doesNotContain("second");
    }
  }

  @Test
  @DisplayName("C1.15 MUST submit each message with its address and under a key of its own")
  void submitsWhatCustomersWrite() throws Exception {
    started();
    customerWrites(address(1), "m1", "hello");
    customerWrites(address(1), "m1", "hello");
    customerWrites(address(2), "m1", "me too");
    eventually(
        "the messages of both customers arrive", () -> hasArrived("me too") && hasArrived("hello"));
    assertThat(keysOf("hello")).hasSize(1);
    assertThat(keysOf("me too")).hasSize(1).doesNotContainAnyElementsOf(keysOf("hello"));
    for (CustomerWrote each : wrote()) {
      int customer = each.body().text().equals("hello") ? 1 : 2;
      assertThat(each.origin().address()).isEqualTo(address(customer));
    }
  }

  @Test
  @DisplayName("C1.16 MUST resubmit, under the same key, what the intake could not accept")
  void resubmits() throws Exception {
    started();
    intake.answersNext(new IntakeResult.Overloaded(Duration.ofMillis(10)));
    intake.answersNext(new IntakeResult.Unavailable("the store is unavailable"));
    customerWrites(address(1), "m1", "hello");
    eventually("the message is submitted three times", () -> wrote().size() >= 3);
    assertThat(keysOf("hello")).hasSize(1);
  }

  @Test
  @DisplayName("C1.17 MUST deliver to several customers at once")
  void isThreadSafe() throws Exception {
    started();
    AtomicInteger next = new AtomicInteger();
    List<DeliveryResult> results = AtOnce.call(() -> {
      int customer = next.incrementAndGet();
      return deliver(message(customer, 1, "for " + customer));
    });
    assertThat(results).allMatch(Delivered.class::isInstance);
    for (int customer = 1; customer <= results.size(); customer++) {
      assertThat(shown(address(customer))).containsExactly("for " + customer);
    }
  }

  @Test
  @DisplayName("C1.18 MUST show the articles of a message: title, passage and address")
  void showsArticles() throws Exception {
    started();
    ArticleLink article = new ArticleLink(
        "refunds", "How refunds work", "Return it in 14 days.", Optional.of("https://a.example/r"));
    MessageBody body = new MessageBody("This may help.", List.of(), List.of(article), List.of());
    assertThat(deliver(delivery(1, 1, new Outbound.Message(AGENT, body))))
        .isInstanceOf(Delivered.class);
    assertThat(String.join("\n", shown(address(1))))
        .contains("This may help.", article.title(), article.passage(), "https://a.example/r");
  }

  @Test
  @DisplayName("C1.19 MUST give each customer an id of their own, always the same")
  void identifiesCustomers() throws Exception {
    started();
    customerWrites(address(1), "m1", "one");
    customerWrites(address(1), "m2", "one again");
    customerWrites(address(2), "m3", "two");
    eventually(
        "all messages arrive",
        () -> hasArrived("one") && hasArrived("one again") && hasArrived("two"));
    assertThat(customerOf("one")).isEqualTo(customerOf("one again"));
    assertThat(customerOf("one")).isNotEqualTo(customerOf("two"));
  }

  @Test
  @DisplayName("C1.20 MUST receive again after an outage of the far side")
  void receivesAfterAnOutage() throws Exception {
    started();
    customerWrites(address(1), "m1", "before");
    eventually("the message before the outage arrives", () -> hasArrived("before"));
    if (possibleTroubles().contains(FarSideTrouble.UNREACHABLE)) {
      trouble(FarSideTrouble.UNREACHABLE);
      LockSupport.parkNanos(outage().toNanos());
      repair();
    }
    customerWrites(address(1), "m2", "afterwards");
    eventually("the message after the outage arrives", () -> hasArrived("afterwards"));
  }

  @Test
  @DisplayName(
      "C1.21 MUST answer whether a customer can be written to first from what it knows, and allow it just after they wrote")
  void knowsWhomItReaches() throws Exception {
    Channel channel = started();
    customerWrites(address(1), "m1", "hello");
    eventually("the message arrives", () -> hasArrived("hello"));
    assertThat(channel.reachFor(address(1), Optional.of(now())))
        .isInstanceOfSatisfying(
            Reach.Open.class,
            open ->
                assertThat(open.until().filter(until -> !until.isAfter(now()))).isEmpty());
    for (FarSideTrouble trouble : possibleTroubles()) {
      trouble(trouble);
      assertThatCode(
              () -> assertThat(channel.reachFor(address(2), Optional.empty())).isNotNull())
          .as("somebody who never wrote: %s", trouble)
          .doesNotThrowAnyException();
      assertThat(channel.reachFor(address(1), Optional.of(now())))
          .as("an outage is no obstacle, the message waits for its end: %s", trouble)
          .isInstanceOf(Reach.Open.class);
      repair();
    }
  }

  @Test
  @DisplayName(
      "C1.22 MUST show that somebody types without throwing and without a message, whatever the medium does")
  void showsThatSomebodyTypes() throws Exception {
    Optional<TypingIndicator> indicator = started().typingIndicator();
    if (indicator.isEmpty()) {
      return;
    }
    TypingIndicator typing = indicator.get();
    assertThat(typing.pause()).isPositive();
    customerWrites(address(1), "m1", "hello");
    eventually("the message arrives", () -> hasArrived("hello"));
    List<String> before = shown(address(1));
    for (FarSideTrouble trouble : possibleTroubles()) {
      trouble(trouble);
      assertThatCode(() -> typing.show(address(1)))
          .as("to a customer who wrote: %s", trouble)
          .doesNotThrowAnyException();
      assertThatCode(() -> typing.show(address(2)))
          .as("to somebody who never wrote: %s", trouble)
          .doesNotThrowAnyException();
      repair();
    }
    assertThatCode(() -> typing.show(address(1))).doesNotThrowAnyException();
    assertThat(shown(address(1))).as("no message").isEqualTo(before);
    assertThat(deliver(message(1, 1, "the answer"))).isInstanceOf(Delivered.class);
    assertThat(shown(address(1))).endsWith("the answer");
  }

  private List<CustomerWrote> wrote() {
    return intake.events(CustomerWrote.class);
  }

  private boolean hasArrived(String text) {
    return wrote().stream().anyMatch(it -> it.body().text().equals(text));
  }

  private List<EventKey> keysOf(String text) {
    return wrote().stream()
        .filter(it -> it.body().text().equals(text))
        .map(CustomerEvent::origin)
        .map(Origin::key)
        .distinct()
        .toList();
  }

  private List<String> customerOf(String text) {
    return wrote().stream()
        .filter(it -> it.body().text().equals(text))
        .map(it -> it.origin().profile().externalId())
        .distinct()
        .toList();
  }

  private Delivery numbered(int number) {
    Delivery delivery = Unchecked.call(() -> message(1, number, text(number)));
    Unchecked.run(() -> stored(delivery));
    return delivery;
  }

  @Override
  final DeliveryResult attempt(int number) {
    return port().deliver(numbered(number));
  }

  @Override
  final LookUp lookUp(int number) {
    return port().lookUp(numbered(number));
  }

  @Override
  final long timesShown(int number) {
    return Unchecked.call(() -> shown(address(1))).stream()
        .filter(text(number)::equals)
        .count();
  }
}
