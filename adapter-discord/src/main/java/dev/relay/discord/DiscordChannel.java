package dev.relay.discord;

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
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.gateway.BotConnection;
import dev.relay.discord.inbound.Inbound;
import dev.relay.discord.outbound.DeliverySender;
import dev.relay.discord.outbound.HelpChannelProbe;
import dev.relay.discord.outbound.TypingSign;
import dev.relay.discord.text.MessageSplitter;
import java.time.Instant;
import java.util.Optional;

/** The channel to customers in direct messages, or in private threads of a help channel. Started and stopped once. Thread-safe. */
final class DiscordChannel implements Channel {
  private static final Capabilities CAPABILITIES = Capabilities.all(MessageSplitter.LIMIT);

  private final BotConnection connection;
  private final DeliverySender sender;
  private final Inbound.Parts parts;
  private final TypingSign typing;
  private final Optional<HelpChannelProbe> probe;
  private volatile Optional<Inbound> inbound = Optional.empty();
  private volatile Optional<StaffNotices> notices = Optional.empty();

  /** @param probe tries the help channel again while the channel is started; empty if there is no help channel */
  DiscordChannel(
      BotConnection connection,
      DeliverySender sender,
      Inbound.Parts parts,
      TypingSign typing,
      Optional<HelpChannelProbe> probe) {
    this.connection = connection;
    this.sender = sender;
    this.parts = parts;
    this.typing = typing;
    this.probe = probe;
  }

  /** Returns the way in, which is open between start and stop. */
  Optional<Inbound> inbound() {
    return inbound;
  }

  /** Lets the health name what keeps staff from being notified, from now on. */
  void reports(StaffNotices started) {
    notices = Optional.of(started);
  }

  @Override
  public PortId id() {
    return DiscordAddresses.CHANNEL;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public synchronized void start(Inbox inbox) {
    if (inbound.isPresent()) {
      throw new IllegalStateException("the Discord channel is already started");
    }
    Inbound opened = new Inbound(inbox, parts);
    sender.storeIn(inbox.intake());
    inbound = Optional.of(opened);
    opened.learnChannels();
    connection.start();
    probe.ifPresent(HelpChannelProbe::start);
  }

  @Override
  public DeliveryResult deliver(Delivery delivery) {
    return sender.deliver(delivery);
  }

  @Override
  public LookUp lookUp(Delivery delivery) {
    return sender.lookUp(delivery);
  }

  @Override
  public Reach reachFor(CustomerAddress address, Optional<Instant> lastWrote) {
    return sender.reach(address, lastWrote);
  }

  @Override
  public Optional<TypingIndicator> typingIndicator() {
    return Optional.of(typing);
  }

  @Override
  public Health health() {
    Health health = connection.health();
    return health.ready()
        ? sender
            .problem()
            .or(() -> inbound.flatMap(Inbound::problem))
            .or(() -> notices.flatMap(StaffNotices::problem))
            .map(problem -> new Health(true, problem))
            .orElse(health)
        : health;
  }

  @Override
  public synchronized void stop() {
    Optional<Inbound> open = inbound;
    inbound = Optional.empty();
    open.ifPresent(Inbound::close);
    probe.ifPresent(HelpChannelProbe::close);
    connection.release();
  }
}
