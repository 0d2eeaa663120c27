package dev.relay.core.engine;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.conversation.Resolution;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A group of observers, which also notices when an outage of the store begins and ends. One that throws, against its contract, harms
 * neither the engine nor the others. Thread-safe.
 */
final class Observers implements RelayObserver {
  private final List<RelayObserver> all;
  private final InstantSource clock;
  private final StoreOutage outage = new StoreOutage();

  Observers(List<RelayObserver> all, InstantSource clock) {
    this.all = List.copyOf(all);
    this.clock = clock;
  }

  @Override
  public void committed(int works, Duration took, Set<ConversationId> changed) {
    notifyEach(observer -> observer.committed(works, took, changed));
    outage.written(clock.instant()).ifPresent(this::storeUp);
  }

  @Override
  public void commitFailed(Throwable cause) {
    notifyEach(observer -> observer.commitFailed(cause));
    storeFailed(true, cause);
  }

  @Override
  public void checked() {
    notifyEach(RelayObserver::checked);
    outage.read(clock.instant()).ifPresent(this::storeUp);
  }

  @Override
  public void checkFailed(String where, Throwable cause) {
    notifyEach(observer -> observer.checkFailed(where, cause));
    storeFailed(false, cause);
  }

  private void storeFailed(boolean isWrite, Throwable cause) {
    if (cause instanceof StoreException) {
      outage
          .failed(isWrite, clock.instant())
          .ifPresent(
              report -> notifyEach(it -> it.storeDown(cause, report.lasts(), report.failures())));
    }
  }

  private void storeUp(StoreOutage.Report report) {
    notifyEach(observer -> observer.storeUp(report.lasts(), report.failures()));
  }

  @Override
  public void applied(
      String eventType,
      ConversationId conversation,
      ConversationState before,
      ConversationState after) {
    notifyEach(observer -> observer.applied(eventType, conversation, before, after));
  }

  @Override
  public void resolved(ConversationId conversation, Resolution resolution) {
    notifyEach(observer -> observer.resolved(conversation, resolution));
  }

  @Override
  public void rated(PortId channel, int score) {
    notifyEach(observer -> observer.rated(channel, score));
  }

  @Override
  public void handoffMoved(ConversationId conversation, PortId from, PortId to, String reason) {
    notifyEach(observer -> observer.handoffMoved(conversation, from, to, reason));
  }

  @Override
  public void duplicate(String eventType) {
    notifyEach(observer -> observer.duplicate(eventType));
  }

  @Override
  public void refused(String eventType, Refusal refusal) {
    notifyEach(observer -> observer.refused(eventType, refusal));
  }

  @Override
  public void overloaded() {
    notifyEach(RelayObserver::overloaded);
  }

  @Override
  public void attempted(PortId port, LaneKey lane, DeliveryResult result, Duration took) {
    notifyEach(observer -> observer.attempted(port, lane, result, took));
  }

  @Override
  public void parked(PortId port, LaneKey lane, String reason) {
    notifyEach(observer -> observer.parked(port, lane, reason));
  }

  @Override
  public void portDown(PortId port, String reason) {
    notifyEach(observer -> observer.portDown(port, reason));
  }

  @Override
  public void portUp(PortId port) {
    notifyEach(observer -> observer.portUp(port));
  }

  @Override
  public void fenced(LaneKey lane) {
    notifyEach(observer -> observer.fenced(lane));
  }

  @Override
  public void clockJumped(Duration by) {
    notifyEach(observer -> observer.clockJumped(by));
  }

  @Override
  public void broken(String where, Throwable cause) {
    notifyEach(observer -> observer.broken(where, cause));
  }

  private void notifyEach(Consumer<RelayObserver> call) {
    for (RelayObserver observer : all) {
      try {
        call.accept(observer);
      } catch (RuntimeException broken) {
        // There is nowhere left to report this: an observer that throws loses this one report.
      }
    }
  }
}
