package dev.relay.twilio.sender;

import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Delivery;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerAddress.Reach;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.conversation.MessagePoster;
import dev.relay.twilio.conversation.ShortTexts;
import dev.relay.twilio.port.BlockingCalls;
import dev.relay.twilio.port.TwilioPort;
import dev.relay.twilio.port.TwilioWatch;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.ErrorTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Customers who write to the account's senders of one medium: SMS, WhatsApp or Messenger. Twilio makes a conversation for each customer (the
 * set-up configures it), and the channel writes in it. Thread-safe.
 *
 * <p>A text costs one call per 1,600 characters; customers' messages come by webhooks and cost none.
 */
public final class TwilioChannel implements Channel {
  private static final Capabilities CAPABILITIES =
      Capabilities.text(ShortTexts.MAX).withAttachments();

  private final TwilioPort port;
  private final BlockingCalls calls;
  private final TwilioSender.Medium medium;
  private final KnownCustomers known;
  private final InstantSource clock;
  private final SenderDeliveries deliveries;
  private final SenderWatch watch;
  private final SenderWebhooks webhooks;
  private final UndeliveredMessages undelivered = new UndeliveredMessages();

  /** Creates a channel for the senders of one medium; makes no calls. */
  public TwilioChannel(
      TwilioConnection connection, TwilioWatch accountWatch, TwilioSender.Medium medium) {
    this.medium = medium;
    this.clock = connection.clock();
    port = TwilioPort.ofChannel(new PortId(medium.id()), connection, accountWatch);
    calls = new BlockingCalls(port.id());
    CustomerConversations customers = new CustomerConversations();
    known = new KnownCustomers(port, medium);
    CustomerReports reports =
        new CustomerReports(port, medium, customers, known, calls, connection);
    CustomerReading reading = new CustomerReading(port, customers, known, reports);
    CustomerFinder finder = new CustomerFinder(customers, connection, medium, reading);
    deliveries = new SenderDeliveries(
        finder,
        reading,
        reports,
        new MessagePoster(connection, port, medium.maxFileBytes()),
        connection);
    watch = new SenderWatch(port, customers, known, connection, medium, reading);
    webhooks = new SenderWebhooks(connection, medium, undelivered, reading);
  }

  @Override
  public PortId id() {
    return port.id();
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public void start(Inbox inbox) {
    port.start(inbox, watch);
  }

  @Override
  public DeliveryResult deliver(Delivery delivery) {
    return port.calling(() -> deliveries.attempt(delivery), TwilioFailure::asResult);
  }

  @Override
  public LookUp lookUp(Delivery delivery) {
    return port.calling(
        () -> deliveries.lookUp(delivery), failure -> new LookUp.CannotTell(failure.reason()));
  }

  /** Returns whether a live agent can write first: the medium's window, and the customer's opt-out. Reads the store at most once. */
  @Override
  public Reach reachFor(CustomerAddress address, Optional<Instant> lastWrote) {
    if (known.isOptedOut(address)) {
      return new Reach.Closed(
          Reach.Code.REFUSED,
          ErrorTable.meaning(ErrorTable.OPTED_OUT).orElse("the customer has opted out"),
          Optional.empty());
    }
    return medium.window().map(window -> reachWithin(window, lastWrote)).orElseGet(Reach::open);
  }

  private Reach reachWithin(Duration window, Optional<Instant> lastWrote) {
    Optional<Instant> end = lastWrote.map(it -> it.plus(window));
    if (end.filter(it -> it.isAfter(clock.instant())).isPresent()) {
      return new Reach.Open(end);
    }
    return new Reach.Closed(
        Reach.Code.WINDOW_OVER,
        "the customer can be written to within " + window.toHours()
            + " hours after they wrote; they must write first",
        end);
  }

  /** Returns how many messages Twilio accepted that did not reach the customer, since the start; each is logged with Twilio's code. */
  public long undelivered() {
    return undelivered.count();
  }

  /** Returns the receiver of this channel's webhooks. */
  public SenderWebhooks webhooks() {
    return webhooks;
  }

  @Override
  public Health health() {
    return port.health();
  }

  @Override
  public void stop() {
    port.stop();
    calls.stop();
  }
}
