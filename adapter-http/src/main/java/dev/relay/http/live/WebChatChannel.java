package dev.relay.http.live;

import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Delivery;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerAddress.Reach;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.MessageBody;
import dev.relay.http.access.ChatSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The web chat. Customers read the transcript from the store, whenever they connect. A delivery is therefore complete as soon
 * as the transcript has it, cannot be duplicated, and only wakes the connected streams. Thread-safe.
 */
public final class WebChatChannel implements Channel {
  /** The channel's id. */
  public static final PortId ID = ChatSession.CHANNEL;

  private static final Capabilities CAPABILITIES = Capabilities.all(MessageBody.MAX_TEXT);

  private final LiveStreams live;
  private final DirectSubmission submission = new DirectSubmission("the web chat");
  private final TypingIndicator indicator = new StreamedTyping();

  /**
   * Creates the channel.
   *
   * @param live the event streams that deliveries wake
   */
  public WebChatChannel(LiveStreams live) {
    this.live = live;
  }

  @Override
  public PortId id() {
    return ID;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public void start(Inbox inbox) {
    submission.start(inbox);
  }

  @Override
  public DeliveryResult deliver(Delivery delivery) {
    live.wakeSession(delivery.to().key());
    return DeliveryResult.delivered(delivery.entry().toString());
  }

  @Override
  public LookUp lookUp(Delivery delivery) {
    return new LookUp.Found(Optional.of(delivery.entry().toString()));
  }

  /** Answers that every customer can be written to: the message is in the transcript, which they read when they return. */
  @Override
  public Reach reachFor(CustomerAddress address, Optional<Instant> lastWrote) {
    return Reach.open();
  }

  @Override
  public Optional<TypingIndicator> typingIndicator() {
    return Optional.of(indicator);
  }

  @Override
  public Health health() {
    return submission.health();
  }

  @Override
  public void stop() {
    submission.stop();
  }

  /** Wakes the event streams of a chat session. */
  public void wake(String sessionId) {
    live.wakeSession(sessionId);
  }

  /** Submits a customer's event, once; completes with {@link IntakeResult.Unavailable} while the channel is not started. */
  public CompletableFuture<IntakeResult> submit(CustomerEvent event) {
    return submission.submit(event);
  }

  /** Passes on that a customer is typing. */
  public void customerTypes(ChatSession session) {
    submission.typing(new Intake.Typing.ByCustomer(session.address()));
  }

  /** The sign in the customer's open streams. */
  private final class StreamedTyping implements TypingIndicator {
    @Override
    public void show(CustomerAddress to) {
      live.agentTypes(to.key());
    }

    @Override
    public Duration pause() {
      return Typing.LASTS.dividedBy(2);
    }
  }
}
