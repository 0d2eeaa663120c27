package dev.relay.discord.commands;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Event;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.Participant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An intake whose answers a test can hold back or replace. Thread-safe. */
final class SlowIntake implements Intake {
  final List<Event> submitted = new CopyOnWriteArrayList<>();
  private final Intake intake;
  private volatile Function<Event, CompletableFuture<IntakeResult>> behaviour;

  SlowIntake(Intake intake) {
    this.intake = intake;
    this.behaviour = intake::submit;
  }

  /** Completes all later submissions with this result. */
  void answers(Function<Event, CompletableFuture<IntakeResult>> newBehaviour) {
    behaviour = newBehaviour;
  }

  /** Holds events back until the gate is completed. */
  void waitsFor(CompletableFuture<Void> gate) {
    behaviour = event -> gate.thenCompose(open -> intake.submit(event));
  }

  @Override
  public CompletableFuture<IntakeResult> submit(Event event) {
    submitted.add(event);
    return behaviour.apply(event);
  }

  @Override
  public List<ChannelPosition> positions(PortId channel) {
    return intake.positions(channel);
  }

  @Override
  public CompletableFuture<Boolean> keepPosition(CustomerAddress address, String position) {
    return intake.keepPosition(address, position);
  }

  @Override
  public boolean isAt(PortId desk, ConversationId conversation) {
    return intake.isAt(desk, conversation);
  }

  @Override
  public Optional<Participant> agentAt(PortId desk, ConversationId conversation) {
    return intake.agentAt(desk, conversation);
  }

  @Override
  public List<Conversation> conversationsAt(PortId desk) {
    return intake.conversationsAt(desk);
  }

  @Override
  public Attachments attachments() {
    return intake.attachments();
  }
}
