package dev.relay.twilio.flex;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.conversation.ConversationFinder;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.conversation.ConversationLinks;
import dev.relay.twilio.conversation.MessageBodies;
import dev.relay.twilio.conversation.MessagePoster;
import dev.relay.twilio.port.BlockingCalls;
import dev.relay.twilio.port.TwilioPort;
import dev.relay.twilio.port.TwilioWatch;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.studio.StudioOffering;
import dev.relay.twilio.studio.StudioTimes;
import dev.relay.twilio.wire.FlexEvent;
import java.util.List;
import java.util.Optional;

/**
 * Live agents in Twilio Flex. Relay decides which customers are handed over; agents receive a Conversation with the transcript, and an
 * Interaction that routes it to them by TaskRouter. Thread-safe.
 *
 * <p>A message costs one call to Twilio; the agents' actions come by webhooks and cost none. Relay's conversation and Twilio's find
 * each other by the unique name {@code relay-<conversation>-<generation>}, so nothing has to be stored here.
 */
public final class FlexDesk implements AgentDesk {
  /** The desk's id. */
  public static final PortId ID = new PortId("flex");

  private final TwilioPort port;
  private final BlockingCalls calls = new BlockingCalls(ID);
  private final Optional<StudioOffering> studio;
  private final FlexDeliveries deliveries;
  private final FlexInbound inbound;
  private final FlexWebhooks webhooks;
  private final FlexWatch watch;

  /**
   * Creates a desk; makes no calls.
   *
   * @param connection the account; with {@link TwilioSettings.Routing#STUDIO} its settings need the flow's id
   * @param accountWatch the threads that look for what was missed
   * @param times how long the desk waits for a Studio flow
   */
  public FlexDesk(TwilioConnection connection, TwilioWatch accountWatch, StudioTimes times) {
    port = TwilioPort.ofDesk(ID, connection, accountWatch);
    TwilioSettings settings = connection.settings();
    MessagePoster poster =
        new MessagePoster(connection, port, TwilioSettings.Limits.MAX_FILE_BYTES);
    studio = settings.routing() == TwilioSettings.Routing.STUDIO
        ? Optional.of(new StudioOffering(connection, poster, times))
        : Optional.empty();
    ConversationLinks links = new ConversationLinks();
    ConversationFinder finder = new ConversationFinder(links, connection, this::found);
    DeskReporter reporter = new DeskReporter(port);
    Interactions interactions = new Interactions(connection.flex(), studio.isPresent());
    Closing closing = new Closing(connection.conversations(), interactions, calls);
    Handoffs handoffs = new Handoffs(links, finder, connection, poster, interactions, studio);

    AgentDirectory directory = new AgentDirectory(connection.conversations());
    MessageReports messages = new MessageReports(
        connection.conversations(),
        reporter,
        calls,
        new MessageBodies(connection, port),
        directory,
        closing);
    EndingReports endings =
        new EndingReports(connection.flex(), reporter, calls, messages, closing);
    PresenceReports presence =
        new PresenceReports(connection, interactions, reporter, calls, directory, endings);

    deliveries = new FlexDeliveries(finder, handoffs, poster, closing, endings, reporter);
    inbound = new FlexInbound(port, finder, calls, messages, presence, endings);
    webhooks = new FlexWebhooks(connection, inbound, links, closing, studio);
    watch = new FlexWatch(
        links,
        finder,
        connection,
        new Reconciliation(links, connection, closing, reporter, inbound),
        new MissedEnds(links, finder, connection, handoffs, reporter, inbound),
        inbound);
  }

  private void found(ConversationLink link, List<FlexEvent.Message> oldestFirst) {
    inbound.found(link, oldestFirst);
  }

  @Override
  public PortId id() {
    return ID;
  }

  @Override
  public void start(Inbox inbox) {
    port.start(inbox, watch);
  }

  @Override
  public DeliveryResult deliver(DeskDelivery delivery) {
    DeliveryResult result =
        port.calling(() -> deliveries.attempt(delivery), TwilioFailure::asResult);
    deliveries.closeIfGivenUp(delivery, result);
    return result;
  }

  @Override
  public LookUp lookUp(DeskDelivery delivery) {
    return port.calling(
        () -> deliveries.lookUp(delivery), failure -> new LookUp.CannotTell(failure.reason()));
  }

  /** Returns the receiver of this desk's webhooks. */
  public FlexWebhooks webhooks() {
    return webhooks;
  }

  /** Returns the handoffs by a Studio flow, if one routes. */
  public Optional<StudioOffering> studio() {
    return studio;
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
