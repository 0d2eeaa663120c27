package dev.relay.core.embed;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import java.util.Optional;
import java.util.function.Function;

/**
 * A desk made of two functions, for a program whose agents already work somewhere. What agents do is handed to
 * {@link #intake()} as {@link dev.relay.core.conversation.DeskEvent}. Thread-safe if the functions are.
 */
public final class CallbackDesk implements AgentDesk {
  private final PortId id;
  private final Function<DeskDelivery, DeliveryResult> bringer;
  private final Function<DeskDelivery, LookUp> looker;
  private volatile Optional<Intake> intake = Optional.empty();

  /**
   * Makes a desk.
   *
   * @param name 1 to 40 characters of {@code a-z 0-9 -}
   * @param bringer makes one attempt, as {@link AgentDesk#deliver} says
   * @param looker looks for an earlier attempt, as {@link AgentDesk#lookUp} says
   */
  public CallbackDesk(
      String name,
      Function<DeskDelivery, DeliveryResult> bringer,
      Function<DeskDelivery, LookUp> looker) {
    this.id = new PortId(name);
    this.bringer = bringer;
    this.looker = looker;
  }

  /** Where to hand in what agents do; throws an {@link IllegalStateException} unless the desk is started. */
  public Intake intake() {
    return intake.orElseThrow(
        () -> new IllegalStateException("the desk " + id + " is not started, or stopped already"));
  }

  @Override
  public PortId id() {
    return id;
  }

  @Override
  public void start(Inbox inbox) {
    this.intake = Optional.of(inbox.intake());
  }

  @Override
  public DeliveryResult deliver(DeskDelivery delivery) {
    return bringer.apply(delivery);
  }

  @Override
  public LookUp lookUp(DeskDelivery delivery) {
    return looker.apply(delivery);
  }

  @Override
  public Health health() {
    return intake.isPresent() ? Health.up() : Health.down("not started");
  }

  @Override
  public void stop() {
    this.intake = Optional.empty();
  }
}
