package dev.relay.testkit.simulation;

import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;

/** A channel that delivers messages to the simulated customers. */
final class SimulatedChannel implements Channel {
  static final PortId ID = new PortId("chat");

  private final FarSide farSide;

  SimulatedChannel(FarSide farSide) {
    this.farSide = farSide;
  }

  @Override
  public PortId id() {
    return ID;
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.all(2_000);
  }

  @Override
  public void start(Inbox inbox) {
    // The simulated customers submit their events themselves.
  }

  @Override
  public DeliveryResult deliver(Delivery delivery) {
    return farSide.deliver(delivery.id(), describe(delivery.what()), () -> {});
  }

  private static String describe(Outbound what) {
    if (what instanceof Outbound.Message message) {
      return message.author().id() + ": " + message.body().text();
    }
    return what.toString();
  }

  @Override
  public LookUp lookUp(Delivery delivery) {
    return farSide.lookUp(delivery.id());
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
