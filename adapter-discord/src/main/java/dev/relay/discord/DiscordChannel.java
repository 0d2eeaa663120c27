package dev.relay.discord;

import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Delivery;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.discord.inbound.Inbound;
import dev.relay.discord.outbound.Sender;
import dev.relay.discord.player.Players;
import dev.relay.discord.text.MessageSplitter;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Players in direct messages, or in private threads of a help channel. Started and stopped once. Thread-safe. */
final class DiscordChannel implements Channel {
  private static final Capabilities CAPABILITIES =
      new Capabilities(true, true, true, true, MessageSplitter.LIMIT);

  private final Sender sender;
  private final Function<Intake, Inbound> opening;
  private final Link link;
  private final Supplier<Health> health;
  private volatile Optional<Inbound> inbound = Optional.empty();

  /** The connection, as the channel sees it. */
  interface Link {
    /** Begins to listen; returns at once. */
    void begin();

    /** Listens no longer; requests still work. */
    void end();
  }

  DiscordChannel(
      Sender sender, Function<Intake, Inbound> opening, Link link, Supplier<Health> health) {
    this.sender = sender;
    this.opening = opening;
    this.link = link;
    this.health = health;
  }

  /** What is open between start and stop. */
  Optional<Inbound> inbound() {
    return inbound;
  }

  @Override
  public PortId id() {
    return Players.CHANNEL;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public synchronized void start(Inbox inbox) {
    if (inbound.isPresent()) {
      throw new IllegalStateException("the Discord channel is started already");
    }
    Intake intake = inbox.intake();
    Inbound opened = opening.apply(intake);
    sender.joins(intake);
    inbound = Optional.of(opened);
    opened.learnPlaces();
    link.begin();
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
  public Health health() {
    return health.get();
  }

  @Override
  public synchronized void stop() {
    Optional<Inbound> open = inbound;
    inbound = Optional.empty();
    open.ifPresent(Inbound::close);
    link.end();
  }
}
