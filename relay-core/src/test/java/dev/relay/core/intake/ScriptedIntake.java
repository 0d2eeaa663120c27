package dev.relay.core.intake;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.CustomerEvent.CustomerEnded;
import dev.relay.core.conversation.Event;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.Participant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** An intake that records submitted events, and whose answers the test gives. */
final class ScriptedIntake implements Intake {
  static final IntakeResult ACCEPTED = new IntakeResult.Accepted(
      new Receipt(new ConversationId(1), Optional.empty(), Optional.empty()));

  private static final PortId CHANNEL = new PortId("test");

  /** The keys of the submitted events, in order. */
  final List<String> submitted = new ArrayList<>();

  final List<Typing> typing = new ArrayList<>();

  private final List<CompletableFuture<IntakeResult>> answers = new ArrayList<>();
  private boolean answersAtOnce;
  private int positionsKept;

  /** Returns an event whose key is this name. */
  static Event event(String name) {
    return new CustomerEnded(Origin.of(
        new EventKey("test", name),
        new CustomerAddress(CHANNEL, "ada"),
        new CustomerProfile("ada", "Ada", Locale.ENGLISH, Set.of())));
  }

  @Override
  public void typing(Typing signal) {
    typing.add(signal);
  }

  /** Accepts every event within the call from now on. */
  ScriptedIntake answeringAtOnce() {
    answersAtOnce = true;
    return this;
  }

  /** Answers the submission with that number, 0 for the first. */
  void answer(int number, IntakeResult result) {
    answers.get(number).complete(result);
  }

  void answerLast(IntakeResult result) {
    answer(answers.size() - 1, result);
  }

  void failLast(RuntimeException failure) {
    answers.get(answers.size() - 1).completeExceptionally(failure);
  }

  int positionsKept() {
    return positionsKept;
  }

  @Override
  public synchronized CompletableFuture<IntakeResult> submit(Event event) {
    submitted.add(((CustomerEvent) event).origin().key().key());
    CompletableFuture<IntakeResult> answer =
        answersAtOnce ? CompletableFuture.completedFuture(ACCEPTED) : new CompletableFuture<>();
    answers.add(answer);
    return answer;
  }

  @Override
  public CompletableFuture<Boolean> keepPosition(CustomerAddress address, String position) {
    positionsKept++;
    return CompletableFuture.completedFuture(true);
  }

  @Override
  public List<ChannelPosition> positions(PortId channel) {
    return List.of(new ChannelPosition(new CustomerAddress(channel, "ada"), "7"));
  }

  @Override
  public boolean isAt(PortId desk, ConversationId conversation) {
    return true;
  }

  @Override
  public Optional<Participant> agentAt(PortId desk, ConversationId conversation) {
    return Optional.of(Participant.agent("bea", "Bea"));
  }

  @Override
  public List<Conversation> conversationsAt(PortId desk) {
    return List.of();
  }

  @Override
  public Attachments attachments() {
    throw new UnsupportedOperationException();
  }
}
