package dev.relay.core.engine;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.conversation.Resolution;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.operations.RelayObserver;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A group of observers. One that throws, against its contract, harms neither the engine nor the others. Thread-safe. */
final class Observers implements RelayObserver {
  private final List<RelayObserver> all;

  Observers(List<RelayObserver> all) {
    this.all = List.copyOf(all);
  }

  @Override
  public void committed(int works, Duration took, Set<ConversationId> changed) {
    tell(observer -> observer.committed(works, took, changed));
  }

  @Override
  public void commitFailed(Throwable cause) {
    tell(observer -> observer.commitFailed(cause));
  }

  @Override
  public void applied(
      String eventType,
      ConversationId conversation,
      ConversationState before,
      ConversationState after) {
    tell(observer -> observer.applied(eventType, conversation, before, after));
  }

  @Override
  public void resolved(ConversationId conversation, Resolution resolution) {
    tell(observer -> observer.resolved(conversation, resolution));
  }

  @Override
  public void handoffMoved(ConversationId conversation, PortId from, PortId to, String reason) {
    tell(observer -> observer.handoffMoved(conversation, from, to, reason));
  }

  @Override
  public void duplicate(String eventType) {
    tell(observer -> observer.duplicate(eventType));
  }

  @Override
  public void refused(String eventType, Refusal refusal) {
    tell(observer -> observer.refused(eventType, refusal));
  }

  @Override
  public void overloaded() {
    tell(RelayObserver::overloaded);
  }

  @Override
  public void attempted(PortId port, LaneKey lane, DeliveryResult result, Duration took) {
    tell(observer -> observer.attempted(port, lane, result, took));
  }

  @Override
  public void parked(PortId port, LaneKey lane, String reason) {
    tell(observer -> observer.parked(port, lane, reason));
  }

  @Override
  public void portDown(PortId port, String reason) {
    tell(observer -> observer.portDown(port, reason));
  }

  @Override
  public void portUp(PortId port) {
    tell(observer -> observer.portUp(port));
  }

  @Override
  public void fenced(LaneKey lane) {
    tell(observer -> observer.fenced(lane));
  }

  @Override
  public void clockJumped(Duration by) {
    tell(observer -> observer.clockJumped(by));
  }

  @Override
  public void broken(String where, Throwable cause) {
    tell(observer -> observer.broken(where, cause));
  }

  private void tell(Consumer<RelayObserver> call) {
    for (RelayObserver observer : all) {
      try {
        call.accept(observer);
      } catch (RuntimeException broken) {
        // There is nowhere left to report this: an observer that throws loses this one report.
      }
    }
  }
}
