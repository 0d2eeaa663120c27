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
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.MessageBody;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of docs/agent-desk-contract.md that every {@link AgentDesk} must keep. Extend this class and connect your desk to a fake
 * far side; the desk is finished when all tests are green. Every conversation is handed over before anything else happens in it.
 */
public abstract class AgentDeskContract extends PortContract<AgentDesk> {

  /** Creates the contract; called by the subclass that tests a desk. */
  protected AgentDeskContract() {}

  /** Returns a desk against a fake far side that works; called again within a test, one more against the same far side. */
  protected abstract AgentDesk newDesk() throws Exception;

  /** Checks whether live agents see that the conversation waits for one of them, or is with one. */
  protected abstract boolean isOffered(ConversationId conversation) throws Exception;

  /** Returns all texts that live agents see now in a conversation, oldest first, including those from before the handoff. */
  protected abstract List<String> shown(ConversationId conversation) throws Exception;

  /** Lets a live agent accept an offered conversation. */
  protected abstract void agentJoins(ConversationId conversation) throws Exception;

  /** Lets the live agent write. If called twice with the same id, the far side must report the same message twice. */
  protected abstract void agentWrites(ConversationId conversation, String messageId, String text)
      throws Exception;

  /** Lets the live agent leave without ending the conversation. */
  protected abstract void agentLeaves(ConversationId conversation) throws Exception;

  /** Lets the live agent end the conversation. */
  protected abstract void agentEnds(ConversationId conversation) throws Exception;

  /**
   * Checks whether the far side reports what live agents do, and repeats the report if necessary. Override with false if live agents
   * submit their acts directly and see the refusal.
   */
  protected boolean isReportedByFarSide() {
    return true;
  }

  /** Prepares a delivery, which is already in the transcript. Override for desks that show the transcript itself. */
  protected void stored(DeskDelivery delivery) throws Exception {}

  @Override
  final AgentDesk open() throws Exception {
    return newDesk();
  }

  @Override
  final void start(AgentDesk desk, Inbox inbox) {
    desk.start(inbox);
  }

  @Override
  final void stop(AgentDesk desk) {
    desk.stop();
  }

  private static ConversationId conversation(int number) {
    return new ConversationId(number);
  }

  private DeliveryResult deliver(DeskDelivery delivery) throws Exception {
    stored(delivery);
    return port().deliver(delivery);
  }

  private void handOver(int number) throws Exception {
    assertThat(deliver(DeskDeliveries.handoff(number))).isInstanceOf(Delivered.class);
  }

  private void startedWithOneConversation() throws Exception {
    started();
    handOver(1);
  }

  @Test
  @DisplayName("D1.1 MUST always have the same id")
  void isAlwaysTheSame() {
    AgentDesk desk = port();
    PortId before = desk.id();
    started();
    assertThat(desk.id()).isEqualTo(before);
  }

  @Test
  @DisplayName("D1.2 MUST start soon even if the desk cannot be reached")
  void startsSoon() throws Exception {
    checkStartsSoon();
  }

  @Test
  @DisplayName("D1.3 MUST NOT throw when the desk fails")
  void throwsNothing() throws Exception {
    startedWithOneConversation();
    checkThrowsNothing();
  }

  @Test
  @DisplayName("D1.4 MUST show a repeated delivery id once, also after a restart")
  void showsOnce() throws Exception {
    startedWithOneConversation();
    checkShowsOnce();
  }

  @Test
  @DisplayName("D1.5 MUST answer Unknown, never RetryLater or Rejected, if the desk may have acted")
  void reportsDoubt() throws Exception {
    startedWithOneConversation();
    checkReportsDoubt();
  }

  @Test
  @DisplayName("D1.6 MUST submit nothing after stop, which may be called twice")
  void isSilentAfterStop() throws Exception {
    checkIsSilentAfterStop(new Acts() {
      @Override
      public void before() throws Exception {
        handOver(1);
      }

      @Override
      public void tooLate() throws Exception {
        agentJoins(conversation(1));
      }

      @Override
      public void inTime() throws Exception {
        agentWrites(conversation(1), "m1", "in time");
      }

      @Override
      public boolean isReceivedBy(RecordingIntake other) {
        return !other.events(AgentWrote.class).isEmpty();
      }
    });
  }

  @Test
  @DisplayName("D1.7 MUST pass on how long the desk asks to wait")
  void passesOnTheRequestedWait() throws Exception {
    startedWithOneConversation();
    checkPassesOnTheRequestedWait();
  }

  @Test
  @DisplayName("D1.8 MUST answer Rejected if the desk will never accept a handoff or a message")
  void rejectsWhatIsRefused() throws Exception {
    startedWithOneConversation();
    checkRejectsWhatIsRefused();
    if (possibleTroubles().contains(FarSideTrouble.REFUSES)) {
      trouble(FarSideTrouble.REFUSES);
      assertThat(deliver(DeskDeliveries.handoff(2))).isInstanceOf(DeliveryResult.Rejected.class);
      repair();
    }
  }

  @Test
  @DisplayName("D1.9 MUST look up the truth, or answer CannotTell")
  void looksUpTheTruth() throws Exception {
    startedWithOneConversation();
    checkLooksUpTheTruth();
  }

  @Test
  @DisplayName("D1.10 MUST keep the words of messages out of reasons")
  void keepsTextsOutOfReasons() throws Exception {
    startedWithOneConversation();
    checkKeepsTextsOutOfReasons();
  }

  @Test
  @DisplayName("D1.11 MUST offer a conversation that is handed over, with the transcript so far")
  void offersWhatIsHandedOver() throws Exception {
    started();
    assertThat(isOffered(conversation(1))).isFalse();
    handOver(1);
    assertThat(isOffered(conversation(1))).isTrue();
    assertThat(shown(conversation(1))).anyMatch(it -> it.contains(DeskDeliveries.SAID_BEFORE));
  }

  @Test
  @DisplayName("D1.12 MUST no longer offer a conversation that is withdrawn or over")
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
  @DisplayName("D1.13 MUST show the longest text completely")
  void showsLongTextsCompletely() throws Exception {
    started();
    handOver(1);
    String text = "word ".repeat(MessageBody.MAX_TEXT / 5 - 1) + "end";
    assertThat(deliver(DeskDeliveries.message(1, 2, text))).isInstanceOf(Delivered.class);
    assertThat(String.join(" ", shown(conversation(1))).replaceAll("\\s+", ""))
        .endsWith(text.replaceAll("\\s+", ""));
  }

  @Test
  @DisplayName("D1.14 MUST accept any text, and changes of messages that it never received")
  void acceptsAnything() throws Exception {
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
  @DisplayName("D1.15 MUST submit what live agents do, the same message always under the same key")
  void submitsWhatAgentsDo() throws Exception {
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
    eventually(
        "all acts arrive",
        () -> intake.events(AgentJoined.class).size() >= 2
            && !intake.events(AgentWrote.class).isEmpty()
            && !intake.events(AgentLeft.class).isEmpty()
            && !intake.events(AgentEnded.class).isEmpty());

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
  @DisplayName("D1.16 MUST resubmit, under the same key, what the intake could not accept")
  void resubmits() throws Exception {
    if (!isReportedByFarSide()) {
      return;
    }
    started();
    handOver(1);
    agentJoins(conversation(1));
    eventually("the agent joins", () -> !intake.events(AgentJoined.class).isEmpty());
    intake.answersNext(new IntakeResult.Overloaded(Duration.ofMillis(10)));
    intake.answersNext(new IntakeResult.Unavailable("the store is unavailable"));
    agentWrites(conversation(1), "m1", "hello");
    eventually(
        "the message is submitted three times",
        () -> intake.events(AgentWrote.class).size() >= 3);
    assertThat(keysOfWritten()).hasSize(1);
  }

  @Test
  @DisplayName("D1.17 MUST handle several conversations at once")
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

  @Test
  @DisplayName(
      "D1.18 MUST show nothing that the customer edited away or deleted before the handoff")
  void showsNothingThatWasTakenBack() throws Exception {
    started();
    handOver(1);
    assertThat(shown(conversation(1)))
        .noneMatch(it -> it.contains(DeskDeliveries.BEFORE_THE_EDIT))
        .noneMatch(it -> it.contains(DeskDeliveries.TAKEN_BACK));
  }

  @Test
  @DisplayName(
      "D1.19 MUST show that the customer types without throwing and without a message, whatever the desk does")
  void showsThatTheCustomerTypes() throws Exception {
    startedWithOneConversation();
    List<String> before = shown(conversation(1));
    for (FarSideTrouble trouble : possibleTroubles()) {
      trouble(trouble);
      assertThatCode(() -> port().customerTypes(conversation(1)))
          .as("in a conversation at the desk: %s", trouble)
          .doesNotThrowAnyException();
      assertThatCode(() -> port().customerTypes(conversation(2)))
          .as("in a conversation that was never handed over: %s", trouble)
          .doesNotThrowAnyException();
      repair();
    }
    assertThatCode(() -> port().customerTypes(conversation(1))).doesNotThrowAnyException();
    assertThat(shown(conversation(1))).as("no message").isEqualTo(before);
    assertThat(isOffered(conversation(2))).isFalse();
  }

  private List<EventKey> keysOfWritten() {
    return intake.events(AgentWrote.class).stream()
        .map(it -> it.key().orElseThrow())
        .distinct()
        .toList();
  }

  /** Stores and returns the delivery with that number, whose place in the lane is one higher because the handoff has the first. */
  private DeskDelivery numbered(int number) {
    DeskDelivery delivery = DeskDeliveries.message(1, number + 1, text(number));
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
    return Unchecked.call(() -> shown(conversation(1))).stream()
        .filter(text(number)::equals)
        .count();
  }
}
