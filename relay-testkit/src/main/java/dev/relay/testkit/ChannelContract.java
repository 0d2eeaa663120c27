package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Delivered;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.intake.ChannelPosition;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Channel} must do: docs/channel-contract.md, rule by rule. Extend it, join your channel to a fake far side, and
 * you are done when it is green.
 */
public abstract class ChannelContract {
  private static final Participant AGENT = Participant.agent("bea", "Bea");
  private static final Duration SOON = Duration.ofSeconds(10);
  /** Early enough for a far side with any clock. */
  private static final Instant AT = Instant.EPOCH;

  private final RecordingIntake intake = new RecordingIntake();
  private @Nullable Channel made;

  /** For those who implement a channel. */
  protected ChannelContract() {}

  /** A channel against a fake far side that is well; called again within a test, one more against the same far side. */
  protected abstract Channel newChannel() throws Exception;

  /** Where the customer of that number (1 to 8) can be reached on the fake far side. */
  protected abstract CustomerAddress address(int customer) throws Exception;

  /** The texts of the messages that the customer sees now, oldest first: edited as edited, without those taken back. */
  protected abstract List<String> shown(CustomerAddress address) throws Exception;

  /** Lets the customer write on the far side; told twice with the same id, the far side reports the same message twice. */
  protected abstract void customerWrites(CustomerAddress address, String messageId, String text)
      throws Exception;

  /** Lets the far side behave like that from now on. */
  protected abstract void trouble(FarSideTrouble trouble) throws Exception;

  /** Lets the far side be well again. */
  protected abstract void repair() throws Exception;

  /** What can be wrong with the far side; override where something cannot. */
  protected Set<FarSideTrouble> possibleTroubles() {
    return EnumSet.allOf(FarSideTrouble.class);
  }

  /** Whether the far side keeps what customers wrote while nobody listened; override where it does not. */
  protected boolean canReadWhatItMissed() {
    return true;
  }

  /** Told before each call what stands in the transcript by then; for channels that show the transcript itself. */
  protected void stored(Delivery delivery) throws Exception {}

  /** How long to wait for what must come; nobody waits where it comes. */
  protected Duration patience() {
    return Duration.ofSeconds(20);
  }

  private void eventually(String what, BooleanSupplier condition) {
    Eventually.holds(patience(), () -> what, condition);
  }

  @AfterEach
  void stop() {
    if (made != null) {
      made.stop();
    }
  }

  private Channel channel() {
    Channel channel = made;
    if (channel == null) {
      channel = Unchecked.call(this::newChannel);
      made = channel;
    }
    return channel;
  }

  private Channel started() {
    Channel channel = channel();
    channel.start(Inbox.of(intake));
    return channel;
  }

  private DeliveryRules rules() {
    started();
    return new DeliveryRules(new Side(), possibleTroubles());
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
    return channel().deliver(delivery);
  }

  @Test
  @DisplayName("1.1 MUST always have the same id and the same capabilities")
  void isAlwaysTheSame() throws Exception {
    Channel channel = channel();
    Capabilities before = channel.capabilities();
    assertThat(channel.id()).isEqualTo(address(1).channel());
    channel.start(Inbox.of(intake));
    assertThat(channel.id()).isEqualTo(address(1).channel());
    assertThat(channel.capabilities()).isEqualTo(before);
    assertThat(before.maxTextLength()).isPositive();
  }

  @Test
  @DisplayName("1.2 MUST start soon even where the medium cannot be reached")
  void startsSoon() throws Exception {
    if (possibleTroubles().contains(FarSideTrouble.UNREACHABLE)) {
      trouble(FarSideTrouble.UNREACHABLE);
    }
    long begin = System.nanoTime();
    assertThatCode(this::started).doesNotThrowAnyException();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
    repair();
  }

  @Test
  @DisplayName("1.3 MUST NOT throw when the medium fails")
  void throwsNothing() {
    rules().throwsNothing();
  }

  @Test
  @DisplayName("1.4 MUST show a repeated delivery id at most once")
  void showsOnce() {
    rules().showsOnce();
  }

  @Test
  @DisplayName(
      "1.5 MUST answer Unknown, never RetryLater or Rejected, where the far side may have acted")
  void saysWhenItIsInDoubt() {
    rules().saysWhenItIsInDoubt();
  }

  @Test
  @DisplayName("1.6 SHOULD read what it missed since the positions that the intake knows")
  void readsWhatItMissed() throws Exception {
    if (!canReadWhatItMissed()) {
      return;
    }
    Channel channel = started();
    customerWrites(address(1), "m1", "heard");
    eventually("the first message arrives", () -> wrote().size() == 1);
    channel.stop();
    customerWrites(address(1), "m2", "missed");

    wrote()
        .get(0)
        .origin()
        .position()
        .ifPresent(position ->
            intake.knows(new ChannelPosition(wrote().get(0).origin().address(), position)));
    made = newChannel();
    started();

    eventually(
        "the missed message arrives",
        () -> wrote().stream().anyMatch(it -> it.body().text().equals("missed")));
  }

  @Test
  @DisplayName("1.7 MUST hand in nothing after it was stopped, and bear to be stopped twice")
  void stops() throws Exception {
    Channel channel = started();
    channel.stop();
    assertThatCode(channel::stop).doesNotThrowAnyException();
    int before = intake.size();
    customerWrites(address(1), "m1", "too late");
    Channel next = newChannel();
    RecordingIntake other = new RecordingIntake();
    next.start(Inbox.of(other));
    customerWrites(address(1), "m2", "in time");
    eventually(
        "another channel hears it", () -> !other.events(CustomerWrote.class).isEmpty());
    next.stop();
    assertThat(intake.size()).isEqualTo(before);
  }

  @Test
  @DisplayName("1.8 MUST pass on how long the far side asks to wait")
  void passesOnWishes() {
    rules().passesOnWishes();
  }

  @Test
  @DisplayName("1.9 MUST answer Rejected where the far side will never take it")
  void rejectsWhatIsRefused() {
    rules().rejectsWhatIsRefused();
  }

  @Test
  @DisplayName("1.10 MUST look up the truth, and say so where it cannot tell")
  void looksUpTheTruth() {
    rules().looksUpTheTruth();
  }

  @Test
  @DisplayName("1.11 MUST keep what people wrote out of reasons")
  void keepsTextsOutOfReasons() {
    rules().keepsTextsOutOfReasons();
  }

  @Test
  @DisplayName("1.12 MUST show the longest text whole, in as many messages as it takes")
  void showsLongTextsWhole() throws Exception {
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
  @DisplayName("1.13 MUST bear any text")
  void bearsAnyText() throws Exception {
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
      "1.14 MUST change and take back what it delivered, where its capabilities say that it can")
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
  @DisplayName(
      "1.15 MUST hand in what a customer writes, the same message always under the same key")
  void handsInWhatCustomersWrite() throws Exception {
    started();
    customerWrites(address(1), "m1", "hello");
    customerWrites(address(1), "m1", "hello");
    customerWrites(address(2), "m2", "me too");
    eventually(
        "what both wrote arrives",
        () -> wrote().stream().anyMatch(it -> it.body().text().equals("me too"))
            && wrote().stream().anyMatch(it -> it.body().text().equals("hello")));
    assertThat(keysOf("hello")).hasSize(1);
    assertThat(keysOf("me too")).hasSize(1).doesNotContainAnyElementsOf(keysOf("hello"));
    for (CustomerWrote each : wrote()) {
      int customer = each.body().text().equals("hello") ? 1 : 2;
      assertThat(each.origin().address()).isEqualTo(address(customer));
    }
  }

  @Test
  @DisplayName("1.16 MUST hand in again, under the same key, what the intake could not take")
  void handsInAgain() throws Exception {
    started();
    intake.answersNext(new IntakeResult.Overloaded(Duration.ofMillis(10)));
    intake.answersNext(new IntakeResult.Unavailable("the store is away"));
    customerWrites(address(1), "m1", "hello");
    eventually("it is handed in three times", () -> wrote().size() >= 3);
    assertThat(keysOf("hello")).hasSize(1);
  }

  @Test
  @DisplayName("1.17 MUST deliver to several customers at once")
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

  private List<CustomerWrote> wrote() {
    return intake.events(CustomerWrote.class);
  }

  private List<EventKey> keysOf(String text) {
    return wrote().stream()
        .filter(it -> it.body().text().equals(text))
        .map(CustomerEvent::origin)
        .map(origin -> origin.key())
        .distinct()
        .toList();
  }

  private final class Side implements DeliveryRules.Side {
    @Override
    public DeliveryResult deliver(int number) {
      Delivery delivery = Unchecked.call(() -> message(1, number, DeliveryRules.text(number)));
      Unchecked.run(() -> stored(delivery));
      return channel().deliver(delivery);
    }

    @Override
    public LookUp lookUp(int number) {
      Delivery delivery = Unchecked.call(() -> message(1, number, DeliveryRules.text(number)));
      Unchecked.run(() -> stored(delivery));
      return channel().lookUp(delivery);
    }

    @Override
    public long timesShown(int number) {
      return Unchecked.call(() -> shown(address(1))).stream()
          .filter(DeliveryRules.text(number)::equals)
          .count();
    }

    @Override
    public void trouble(FarSideTrouble trouble) {
      Unchecked.run(() -> ChannelContract.this.trouble(trouble));
    }

    @Override
    public void repair() {
      Unchecked.run(ChannelContract.this::repair);
    }
  }
}
