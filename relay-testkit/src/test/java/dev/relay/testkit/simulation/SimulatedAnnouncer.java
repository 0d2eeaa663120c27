package dev.relay.testkit.simulation;

import dev.relay.core.channel.Announcer;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.PortId;

/** An announcer that publishes to a simulated far side. */
final class SimulatedAnnouncer implements Announcer {
  static final PortId ID = new PortId("news");

  private final FarSide farSide;

  SimulatedAnnouncer(FarSide farSide) {
    this.farSide = farSide;
  }

  @Override
  public PortId id() {
    return ID;
  }

  @Override
  public DeliveryResult publish(Announcement announcement) {
    return farSide.deliver(announcement.id(), announcement.title(), () -> {});
  }

  @Override
  public LookUp lookUp(Announcement announcement) {
    return farSide.lookUp(announcement.id());
  }
}
