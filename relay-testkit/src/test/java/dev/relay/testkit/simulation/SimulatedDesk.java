package dev.relay.testkit.simulation;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;

/** A desk that delivers conversations to the simulated live agents. */
final class SimulatedDesk implements AgentDesk {
  private final PortId id;
  private final FarSide farSide;
  private final PassedOn passedOn;

  SimulatedDesk(PortId id, FarSide farSide, PassedOn passedOn) {
    this.id = id;
    this.farSide = farSide;
    this.passedOn = passedOn;
  }

  @Override
  public PortId id() {
    return id;
  }

  @Override
  public void start(Inbox inbox) {
    // The simulated agents submit their events themselves.
  }

  @Override
  public DeliveryResult deliver(DeskDelivery delivery) {
    if (delivery.what() instanceof DeskOutbound.Handoff handoff) {
      passedOn.withHandoff(delivery.entry(), handoff.transcript());
    }
    return farSide.deliver(delivery.id(), describe(delivery.what()), () -> {});
  }

  private static String describe(DeskOutbound what) {
    if (what instanceof DeskOutbound.Message message) {
      return message.author().id() + ": " + message.body().text();
    }
    if (what instanceof DeskOutbound.Handoff handoff) {
      return "handoff about " + handoff.supportCase().number();
    }
    return what.toString();
  }

  @Override
  public LookUp lookUp(DeskDelivery delivery) {
    return farSide.lookUp(delivery.id());
  }

  @Override
  public boolean hasTeam() {
    return id().equals(Scenario.desk(1));
  }

  @Override
  public Health health() {
    return Health.up();
  }

  @Override
  public void stop() {
    // Nothing was started.
  }
}
