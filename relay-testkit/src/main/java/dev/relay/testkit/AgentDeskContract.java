package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.DeskEvent.AgentEnded;
import dev.relay.core.conversation.DeskEvent.AgentJoined;
import dev.relay.core.conversation.DeskEvent.AgentLeft;
import dev.relay.core.conversation.DeskEvent.AgentWrote;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Delivered;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.MessageBody;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AgentDesk} must do: docs/agent-desk-contract.md, rule by rule. Extend it, join your desk to a fake far side,
 * and you are done when it is green. Every conversation is handed over before anything else happens in it.
 */
public abstract class AgentDeskContract {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final RecordingIntake intake = new RecordingIntake();
  private @Nullable AgentDesk made;

  /** For those who implement a desk. */
  protected AgentDeskContract() {}

  /** A desk against a fake far side that is well; called again within a test, one more against the same far side. */
  protected abstract AgentDesk newDesk() throws Exception;

  /** Whether agents see now that the conversation waits for one of them, or is with one. */
  protected abstract boolean isOffered(ConversationId conversation) throws Exception;

  /** All texts that agents see now in a conversation, oldest first, those said before the handoff included. */
  protected abstract List<String> shown(ConversationId conversation) throws Exception;

  /** Lets an agent take an offered conversation. */
  protected abstract void agentJoins(ConversationId conversation) throws Exception;

  /** Lets the agent write; told twice with the same id, the far side reports the same message twice. */
  protected abstract void agentWrites(ConversationId conversation, String messageId, String text)
      throws Exception;

  /** Lets the agent leave without ending. */
  protected abstract void agentLeaves(ConversationId conversation) throws Exception;

  /** Lets the agent end the conversation. */
  protected abstract void agentEnds(ConversationId conversation) throws Exception;

  /** Lets the far side behave like that from now on. */
  protected abstract void trouble(FarSideTrouble trouble) throws Exception;

  /** Lets the far side be well again. */
  protected abstract void repair() throws Exception;

  /** What can be wrong with the far side; override where something cannot. */
  protected Set<FarSideTrouble> possibleTroubles() {
    return EnumSet.allOf(FarSideTrouble.class);
  }

  /** Whether an agent's act is reported by the far side, which repeats it if need be; override where agents hand in themselves. */
  protected boolean isReportedByFarSide() {
    return true;
  }

  /** Told before each call what stands in the transcript by then; for desks that show the transcript itself. */
  protected void stored(DeskDelivery delivery) throws Exception {}

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

  private AgentDesk desk() {
    AgentDesk desk = made;
    if (desk == null) {
      desk = Unchecked.call(this::newDesk);
      made = desk;
    }
    return desk;
  }

  private AgentDesk started() {
    AgentDesk desk = desk();
    desk.start(Inbox.of(intake));
    return desk;
  }

  private static ConversationId conversation(int number) {
    return new ConversationId(number);
  }

  private DeliveryResult deliver(DeskDelivery delivery) throws Exception {
    stored(delivery);
    return desk().deliver(delivery);
  }

  private void handOver(int number) throws Exception {
    assertThat(deliver(DeskDeliveries.handoff(number))).isInstanceOf(Delivered.class);
  }

  private DeliveryRules rules() throws Exception {
    started();
    handOver(1);
    return new DeliveryRules(new Side(), possibleTroubles());
  }

  @Test
  @DisplayName("1.1 MUST always have the same id")
  void isAlwaysTheSame() {
    AgentDesk desk = desk();
    var before = desk.id();
    desk.start(Inbox.of(intake));
    assertThat(desk.id()).isEqualTo(before);
  }

  @Test
  @DisplayName("1.2 MUST start soon even where the desk cannot be reached")
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
  @DisplayName("1.3 MUST NOT throw when the desk fails")
  void throwsNothing() throws Exception {
    rules().throwsNothing();
  }

  @Test
  @DisplayName("1.4 MUST show a repeated delivery id at most once")
  void showsOnce() throws Exception {
    rules().showsOnce();
  }

  @Test
  @DisplayName(
      "1.5 MUST answer Unknown, never RetryLater or Rejected, where the desk may have acted")
  void saysWhenItIsInDoubt() throws Exception {
    rules().saysWhenItIsInDoubt();
  }

  @Test
  @DisplayName("1.6 MUST hand in nothing after it was stopped, and bear to be stopped twice")
  void stops() throws Exception {
    AgentDesk desk = started();
    handOver(1);
    desk.stop();
    assertThatCode(desk::stop).doesNotThrowAnyException();
    int before = intake.size();
    agentJoins(conversation(1));
    AgentDesk next = newDesk();
    RecordingIntake other = new RecordingIntake();
    next.start(Inbox.of(other));
    agentWrites(conversation(1), "m1", "in time");
    eventually("another desk hears it", () -> !other.events(AgentWrote.class).isEmpty());
    next.stop();
    assertThat(intake.size()).isEqualTo(before);
  }

  @Test
  @DisplayName("1.7 MUST pass on how long the desk asks to wait")
  void passesOnWishes() throws Exception {
    rules().passesOnWishes();
  }

  @Test
  @DisplayName(
      "1.8 MUST answer Rejected where the desk will never take it, a handoff as well as a message")
  void rejectsWhatIsRefused() throws Exception {
    rules().rejectsWhatIsRefused();
    if (possibleTroubles().contains(FarSideTrouble.REFUSES)) {
      trouble(FarSideTrouble.REFUSES);
      assertThat(deliver(DeskDeliveries.handoff(2))).isInstanceOf(DeliveryResult.Rejected.class);
      repair();
    }
  }

  @Test
  @DisplayName("1.9 MUST look up the truth, and say so where it cannot tell")
  void looksUpTheTruth() throws Exception {
    rules().looksUpTheTruth();
  }

  @Test
  @DisplayName("1.10 MUST keep what people wrote out of reasons")
  void keepsTextsOutOfReasons() throws Exception {
    rules().keepsTextsOutOfReasons();
  }

  @Test
  @DisplayName("1.11 MUST offer a conversation that is handed over, with what was said so far")
  void offersWhatIsHandedOver() throws Exception {
    started();
    assertThat(isOffered(conversation(1))).isFalse();
    handOver(1);
    assertThat(isOffered(conversation(1))).isTrue();
    assertThat(shown(conversation(1))).anyMatch(it -> it.contains(DeskDeliveries.SAID_BEFORE));
  }

  @Test
  @DisplayName("1.12 MUST offer it no more once it is withdrawn or over")
  void takesBackWhatIsOver() throws Exception {
    started();
    handOver(1);
    handOver(2);
    assertThat(deliver(DeskDeliveries.of(1, 2, new DeskOutbound.Withdrawn("the customer left"))))
        .isInstanceOf(Delivered.class);
    assertThat(deliver(DeskDeliveries.of(2, 2, new DeskOutbound.Ended("it is over"))))
        .isInstanceOf(Delivered.class);
    assertThat(isOffered(conversation(1))).isFalse();
    assertThat(isOffered(conversation(2))).isFalse();
  }

  @Test
  @DisplayName("1.13 MUST show the longest text whole")
  void showsLongTextsWhole() throws Exception {
    started();
    handOver(1);
    String text = "word ".repeat(MessageBody.MAX_TEXT / 5 - 1) + "end";
    assertThat(deliver(DeskDeliveries.message(1, 2, text))).isInstanceOf(Delivered.class);
    assertThat(String.join(" ", shown(conversation(1))).replaceAll("\\s+", ""))
        .endsWith(text.replaceAll("\\s+", ""));
  }

  @Test
  @DisplayName("1.14 MUST bear any text, and changes of messages that it never got")
  void bearsAnything() throws Exception {
    started();
    handOver(1);
    int number = 1;
    for (String text : HostileTexts.all()) {
      if (text.isBlank() || text.length() > MessageBody.MAX_TEXT) {
        continue;
      }
      DeskDelivery delivery = DeskDeliveries.message(1, ++number, text);
      assertThatCode(() -> deliver(delivery))
          .as(HostileTexts.shown(text))
          .doesNotThrowAnyException();
    }
    DeskDelivery edit =
        DeskDeliveries.of(1, ++number, new DeskOutbound.Edit(Optional.empty(), "changed"));
    DeskDelivery delete = DeskDeliveries.of(1, ++number, new DeskOutbound.Delete(Optional.empty()));
    assertThat(deliver(edit)).isInstanceOf(Delivered.class);
    assertThat(deliver(delete)).isInstanceOf(Delivered.class);
  }

  @Test
  @DisplayName("1.15 MUST hand in what agents do, the same message always under the same key")
  void handsInWhatAgentsDo() throws Exception {
    started();
    handOver(1);
    handOver(2);
    agentJoins(conversation(1));
    agentWrites(conversation(1), "m1", "hello");
    if (isReportedByFarSide()) {
      agentWrites(conversation(1), "m1", "hello");
    }
    agentLeaves(conversation(1));
    agentJoins(conversation(2));
    agentEnds(conversation(2));
    eventually("all of it arrives", () -> !intake.events(AgentEnded.class).isEmpty());

    assertThat(intake.events(AgentJoined.class))
        .extracting(DeskEvent::conversation)
        .contains(conversation(1), conversation(2));
    assertThat(intake.events(AgentWrote.class))
        .allMatch(it -> it.conversation().equals(conversation(1)))
        .allMatch(it -> it.body().text().equals("hello"));
    assertThat(keysOfWritten()).hasSize(1);
    assertThat(intake.events(AgentLeft.class))
        .extracting(DeskEvent::conversation)
        .contains(conversation(1));
  }

  @Test
  @DisplayName("1.16 MUST hand in again, under the same key, what the intake could not take")
  void handsInAgain() throws Exception {
    if (!isReportedByFarSide()) {
      return;
    }
    started();
    handOver(1);
    agentJoins(conversation(1));
    eventually("the agent joins", () -> !intake.events(AgentJoined.class).isEmpty());
    intake.answersNext(new IntakeResult.Overloaded(Duration.ofMillis(10)));
    intake.answersNext(new IntakeResult.Unavailable("the store is away"));
    agentWrites(conversation(1), "m1", "hello");
    eventually(
        "it is handed in three times", () -> intake.events(AgentWrote.class).size() >= 3);
    assertThat(keysOfWritten()).hasSize(1);
  }

  @Test
  @DisplayName("1.17 MUST serve several conversations at once")
  void isThreadSafe() throws Exception {
    started();
    AtomicInteger next = new AtomicInteger();
    List<Integer> served = AtOnce.call(() -> {
      int number = next.incrementAndGet();
      handOver(number);
      assertThat(deliver(DeskDeliveries.message(number, 2, "from " + number)))
          .isInstanceOf(Delivered.class);
      return number;
    });
    for (int number : served) {
      assertThat(shown(conversation(number))).contains("from " + number);
    }
  }

  private List<EventKey> keysOfWritten() {
    return intake.events(AgentWrote.class).stream()
        .map(it -> it.key().orElseThrow())
        .distinct()
        .toList();
  }

  private final class Side implements DeliveryRules.Side {
    /** The handoff has the first place in the lane. */
    private DeskDelivery delivery(int number) {
      DeskDelivery delivery = DeskDeliveries.message(1, number + 1, DeliveryRules.text(number));
      Unchecked.run(() -> stored(delivery));
      return delivery;
    }

    @Override
    public DeliveryResult deliver(int number) {
      return desk().deliver(delivery(number));
    }

    @Override
    public LookUp lookUp(int number) {
      return desk().lookUp(delivery(number));
    }

    @Override
    public long timesShown(int number) {
      return Unchecked.call(() -> shown(conversation(1))).stream()
          .filter(DeliveryRules.text(number)::equals)
          .count();
    }

    @Override
    public void trouble(FarSideTrouble trouble) {
      Unchecked.run(() -> AgentDeskContract.this.trouble(trouble));
    }

    @Override
    public void repair() {
      Unchecked.run(AgentDeskContract.this::repair);
    }
  }
}
