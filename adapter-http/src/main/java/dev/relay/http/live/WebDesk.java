package dev.relay.http.live;

import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.Participant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Relay's own agent desk. Agents read the store, as customers do with {@link WebChatChannel}: a delivery is complete as soon as
 * the transcript has it. Thread-safe.
 */
public final class WebDesk implements AgentDesk {
  /** The desk's id. */
  public static final PortId ID = new PortId("relay");

  private final LiveStreams live;
  private final DirectSubmission submission = new DirectSubmission("the desk");

  /**
   * Creates the desk.
   *
   * @param live the event streams that show who is typing
   */
  public WebDesk(LiveStreams live) {
    this.live = live;
  }

  @Override
  public PortId id() {
    return ID;
  }

  @Override
  public void start(Inbox inbox) {
    submission.start(inbox);
  }

  @Override
  public DeliveryResult deliver(DeskDelivery delivery) {
    // The message is in the store; streams are woken when it is committed and when its delivery is
    // recorded.
    return DeliveryResult.delivered(delivery.entry().toString());
  }

  @Override
  public LookUp lookUp(DeskDelivery delivery) {
    return new LookUp.Found(Optional.of(delivery.entry().toString()));
  }

  @Override
  public void customerTypes(ConversationId conversation) {
    live.customerTypes(conversation);
  }

  @Override
  public boolean hasTeam() {
    return true;
  }

  @Override
  public Health health() {
    return submission.health();
  }

  @Override
  public void stop() {
    submission.stop();
  }

  /** Submits an agent's event, once; completes with {@link IntakeResult.Unavailable} while the desk is not started. */
  public CompletableFuture<IntakeResult> submit(DeskEvent event) {
    return submission.submit(event);
  }

  /** Passes on that a live agent is typing an answer. */
  public void agentTypes(ConversationId conversation, Participant agent) {
    submission.typing(new Intake.Typing.ByAgent(conversation, agent));
  }
}
