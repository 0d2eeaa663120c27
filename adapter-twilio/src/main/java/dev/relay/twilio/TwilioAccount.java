package dev.relay.twilio;

import dev.relay.core.channel.Channel;
import dev.relay.core.delivery.Health;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.id.PortId;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.twilio.account.StudioObserver;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.account.WebhookObserver;
import dev.relay.twilio.flex.FlexDesk;
import dev.relay.twilio.port.TwilioWatch;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.sender.TwilioChannel;
import dev.relay.twilio.setup.AccountChecks;
import dev.relay.twilio.setup.LoopCheck;
import dev.relay.twilio.studio.StudioAgent;
import dev.relay.twilio.studio.StudioTimes;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * One Twilio account: builds the Flex desk, the channels of its senders, the virtual agent behind a Studio flow, the webhooks and the
 * set-up, which share one HTTP client and one watch. Thread-safe.
 */
public final class TwilioAccount implements AutoCloseable {
  /** The id of the Flex desk. */
  public static final PortId DESK = FlexDesk.ID;

  private final TwilioSettings settings;
  private final TwilioConnection connection;
  private final TwilioWatch watch;
  private final StudioTimes times;
  private final FlexDesk desk;
  private final List<TwilioChannel> channels;
  private volatile Optional<StudioAgent> agent = Optional.empty();

  /**
   * Connects to an account; makes no calls.
   *
   * @throws IllegalArgumentException if a Studio flow routes and the settings lack its id
   */
  public TwilioAccount(TwilioSettings settings, InstantSource clock) {
    this(settings, clock, StudioTimes.DEFAULT);
  }

  TwilioAccount(TwilioSettings settings, InstantSource clock, StudioTimes times) {
    this.settings = settings;
    this.times = times;
    connection = new TwilioConnection(settings, clock);
    watch = new TwilioWatch(settings.limits().watchEvery());
    desk = new FlexDesk(connection, watch, times);
    channels = settings.senders().media().stream()
        .map(medium -> new TwilioChannel(connection, watch, medium))
        .toList();
  }

  /** Returns the set-up of an account, for which the id of a Studio flow is not needed yet; makes no calls. */
  public static TwilioSetup setup(TwilioSettings settings, InstantSource clock) {
    TwilioConnection connection = new TwilioConnection(settings, clock);
    return new TwilioSetup(new AccountChecks(connection), new LoopCheck(connection));
  }

  /** Returns the Flex desk. */
  public AgentDesk desk() {
    return desk;
  }

  /** Returns the channels by which customers write to the account's senders. */
  public List<Channel> channels() {
    return List.copyOf(channels);
  }

  /** Returns how many messages Twilio accepted that did not reach the customer since the start, by the channel's id. */
  public long undelivered(PortId channel) {
    return channels.stream()
        .filter(it -> it.id().equals(channel))
        .mapToLong(TwilioChannel::undelivered)
        .sum();
  }

  /**
   * Puts the Studio flow in front of a virtual agent if a flow routes, else returns the virtual agent itself. To be called at most once,
   * and before {@link #webhooks}.
   *
   * @param observer is notified of how each question came to its answer
   */
  public VirtualAgent behindStudio(VirtualAgent inner, StudioObserver observer) {
    if (settings.routing() != TwilioSettings.Routing.STUDIO) {
      return inner;
    }
    StudioAgent made = new StudioAgent(connection, inner, observer, times);
    agent = Optional.of(made);
    return made;
  }

  /** Reports the health of the Studio flow, if one routes. Makes no calls. */
  public Optional<Health> studioHealth() {
    return agent.map(StudioAgent::health);
  }

  /**
   * Returns the entrance for Twilio's webhooks.
   *
   * @param observer is notified of the outcome of each webhook
   */
  public TwilioWebhooks webhooks(WebhookObserver observer) {
    return new TwilioWebhooks(connection, desk, channels, agent, observer);
  }

  /** Ends the background work of all parts, after the engine's last deliveries. The desk and the channels must be stopped before. */
  @Override
  public void close() {
    agent.ifPresent(StudioAgent::close);
    watch.close();
  }
}
