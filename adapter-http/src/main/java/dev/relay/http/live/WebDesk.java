package dev.relay.http.live;

import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.IntakeResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Relay's own agent desk. What agents see is read from the store, as with {@link WebChatChannel}: a delivery is done as soon as
 * the transcript has it. Thread-safe.
 */
public final class WebDesk implements AgentDesk {
  /** The desk's id. */
  public static final PortId ID = new PortId("relay");

  private final LiveStreams live;
  private volatile Optional<Intake> intake = Optional.empty();

  /** With the streams of those who look. */
  public WebDesk(LiveStreams live) {
    this.live = live;
  }

  @Override
  public PortId id() {
    return ID;
  }

  @Override
  public void start(Inbox inbox) {
    intake = Optional.of(inbox.intake());
  }

  @Override
  public DeliveryResult deliver(DeskDelivery delivery) {
    live.wakeDesk(delivery.conversation());
    return DeliveryResult.delivered(delivery.entry().toString());
  }

  @Override
  public LookUp lookUp(DeskDelivery delivery) {
    return new LookUp.Found(Optional.of(delivery.entry().toString()));
  }

  @Override
  public Health health() {
    return intake.isPresent() ? Health.up() : Health.down("the desk is not started");
  }

  @Override
  public void stop() {
    intake = Optional.empty();
  }

  /** Hands in what an agent did; unavailable while the desk is not started. */
  public CompletableFuture<IntakeResult> receive(DeskEvent event) {
    return intake
        .map(open -> open.submit(event))
        .orElseGet(() -> CompletableFuture.completedFuture(
            new IntakeResult.Unavailable("the desk is not started")));
  }
}
