package dev.relay.discord;

import dev.relay.core.Relay;
import dev.relay.core.channel.Announcer;
import dev.relay.core.channel.Channel;
import dev.relay.core.delivery.Health;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Participant;
import dev.relay.core.store.Store;
import dev.relay.core.text.Wording;
import dev.relay.discord.customer.CustomerChannels;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.customer.InteractionOrigins;
import dev.relay.discord.customer.Profiles;
import dev.relay.discord.extension.DiscordExtension;
import dev.relay.discord.gateway.BotConnection;
import dev.relay.discord.gateway.Connection;
import dev.relay.discord.gateway.ConnectionTimes;
import dev.relay.discord.gateway.HostJda;
import dev.relay.discord.gateway.SessionPlan;
import dev.relay.discord.inbound.Inbound;
import dev.relay.discord.inbound.InboundSettings;
import dev.relay.discord.outbound.CustomerUnreachable;
import dev.relay.discord.outbound.DeliverySender;
import dev.relay.discord.outbound.DiscordAnnouncer;
import dev.relay.discord.outbound.FallbackThreads;
import dev.relay.discord.outbound.HelpChannelProbe;
import dev.relay.discord.outbound.TypingSign;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.text.FileLinks;
import dev.relay.discord.text.Rendering;
import dev.relay.discord.text.TextFiles;
import dev.relay.discord.waiting.NoticeBoard;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import net.dv8tion.jda.api.JDA;
import org.jspecify.annotations.Nullable;

/**
 * Relay's bot in Discord: the channel, the announcer, and their connection. It connects when the channel is started. Stop the channel first,
 * and {@link #close} the bot after the last delivery: requests work until then. Thread-safe.
 */
public final class DiscordBot implements AutoCloseable {
  private final BotConnection connection;
  private final DiscordChannel channel;
  private final Optional<Announcer> announcer;
  private final DiscordRest rest;
  private final DeliverySender sender;
  private final Wording texts;
  private final Locale locale;

  private DiscordBot(Builder builder) {
    DiscordSettings settings = builder.settings;
    BotListeners listeners = new BotListeners(builder.extensions, builder.onFatal);
    connection = builder.connection(listeners);
    rest = new DiscordRest(connection);
    CustomerChannels channels = new CustomerChannels();
    Profiles profiles = new Profiles(settings.locale());
    texts = TextFiles.channel(builder.texts);
    locale = settings.locale();
    Optional<FallbackThreads> threads =
        settings.helpChannel().map(it -> new FallbackThreads(rest, it, profiles, texts));
    sender = new DeliverySender(
        rest, channels, threads, new Rendering(texts, builder.fileLinks), builder.clock);
    channel = new DiscordChannel(
        connection,
        sender,
        new Inbound.Parts(
            rest,
            channels,
            profiles,
            texts,
            new InboundSettings(settings.locale(), settings.maxFileBytes(), builder.readBack),
            builder.clock),
        new TypingSign(rest, channels),
        threads.map(it -> new HelpChannelProbe(it, builder.times.firstProbe())));
    listeners.serve(
        channel,
        new DiscordListener(channel, sender, channels, settings.helpChannel()),
        new ChannelCustomerAccess(
            channel, new InteractionOrigins(profiles), channels, sender, rest));
    announcer = settings.announcements().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DiscordAnnouncer(rest, settings.announcements(), builder.clock, texts, locale));
  }

  /** Returns a builder of a bot with a connection of its own. */
  public static Builder with(DiscordSettings settings) {
    return new Builder(settings, null);
  }

  /**
   * Returns a builder of a bot within an existing bot. It adds its listeners while the channel is started, changes nothing else, and never
   * shuts the JDA down. The JDA must have been built with {@code setRawEventsEnabled(true)} and the intent DIRECT_MESSAGES, and with
   * GUILD_MESSAGES and MESSAGE_CONTENT if a help channel is configured; and without an event pool, which would lose the order of events.
   * With DIRECT_MESSAGE_TYPING (and GUILD_MESSAGE_TYPING for the threads of the help channel), live agents see that customers are typing.
   * The token, addresses and lease are the host's responsibility.
   */
  public static Builder on(JDA jda, DiscordSettings settings) {
    return new Builder(settings, jda);
  }

  /** Returns the channel. */
  public Channel channel() {
    return channel;
  }

  /** Returns the announcer; empty if no channel for announcements is configured. */
  public Optional<Announcer> announcer() {
    return announcer;
  }

  /** Returns the board for notices in a channel of staff. */
  NoticeBoard noticeBoard(NoticeBoard.Target target, Store store) {
    return new NoticeBoard(target, rest, store, texts, locale);
  }

  /** Lets the channel's health name what keeps staff from being notified. */
  void reports(StaffNotices notices) {
    channel.reports(notices);
  }

  /**
   * Serves a Relay from now on: what could not be delivered because the help channel did not work is retried as soon as it works again. Call
   * it before the Relay is started. Without it, those deliveries wait until the customer writes or somebody retries them.
   */
  public void serve(Relay relay) {
    sender.helpChannelIsUsedBy(() -> {
      var unused = relay
          .deadLetters()
          .retryAll(DiscordAddresses.CHANNEL, CustomerUnreachable.NO_THREAD, Participant.RELAY);
    });
  }

  /** Returns the health of the connection. Makes no network calls. */
  public Health health() {
    return connection.health();
  }

  /** Stops the channel and ends the connection; may block for ten seconds. Repeated calls have no effect. */
  @Override
  public void close() {
    channel.stop();
    connection.close();
  }

  /** A builder of a bot; not thread-safe. */
  public static final class Builder {
    /** Somebody who wrote longer ago no longer waits for an answer. */
    private static final Duration LONGEST_READ_BACK = Duration.ofDays(7);

    private final DiscordSettings settings;
    private final @Nullable JDA jda;
    private final List<DiscordExtension> extensions = new ArrayList<>();
    private GatewayLease lease = GatewayLease.always();
    private FileLinks fileLinks = file -> Optional.empty();
    private Consumer<String> onFatal = reason -> {};
    private InstantSource clock = InstantSource.system();
    private RandomGenerator random = new Random();
    private Map<String, String> texts = Map.of();
    private ConnectionTimes times = ConnectionTimes.DEFAULT;
    private Duration readBack = LONGEST_READ_BACK;
    private Optional<Path> sessionFile = Optional.empty();

    private Builder(DiscordSettings settings, @Nullable JDA jda) {
      this.settings = settings;
      this.jda = jda;
    }

    /** Adds an extension, such as {@link DiscordCommands}. */
    public Builder extension(DiscordExtension extension) {
      extensions.add(extension);
      return this;
    }

    /**
     * Overrides texts of the channel: buttons, notes about files, the welcome line of a thread.
     *
     * @param overrides the texts by {@code language.name}, for example {@code en.button.person}
     * @throws IllegalArgumentException by {@code build()} if a key names no text
     */
    public Builder texts(Map<String, String> overrides) {
      texts = Map.copyOf(overrides);
      return this;
    }

    /** Sets the lease that the bot must hold to enter the gateway; by default, it always holds it. */
    public Builder lease(GatewayLease newLease) {
      lease = newLease;
      return this;
    }

    /** Sets the addresses of files that are too big for Discord (10 MiB); by default, there are none. */
    public Builder fileLinks(Function<AttachmentRef, Optional<String>> links) {
      fileLinks = links::apply;
      return this;
    }

    /**
     * Sets the handler for failures that retrying cannot fix. It is called once, on the bot's own thread, with what the operator has to fix.
     * The process should then exit with a status other than 0.
     */
    public Builder onFatal(Consumer<String> handler) {
      onFatal = handler;
      return this;
    }

    /**
     * Sets how long the Relay remembers events ({@code Settings.seenFor}), by default a month. Messages in a channel that was unknown are
     * read a week back, and never further than nine tenths of that time, so that none is submitted twice.
     */
    public Builder remembersFor(Duration seenFor) {
      Duration recognised = seenFor.multipliedBy(9).dividedBy(10);
      readBack = recognised.compareTo(LONGEST_READ_BACK) < 0 ? recognised : LONGEST_READ_BACK;
      return this;
    }

    /**
     * Sets the file that remembers across restarts when sessions at Discord's gateway began, so that a process that is started again and
     * again stays within the budget. By default, only the running process and Discord count.
     */
    public Builder sessionFile(Path file) {
      sessionFile = Optional.of(file);
      return this;
    }

    /** Sets the clock; the system's by default. */
    public Builder clock(InstantSource newClock) {
      clock = newClock;
      return this;
    }

    /** Sets the source of random variation of back-off. */
    public Builder random(RandomGenerator newRandom) {
      random = newRandom;
      return this;
    }

    Builder times(ConnectionTimes newTimes) {
      times = newTimes;
      return this;
    }

    /** Returns the bot, not yet connected. */
    public DiscordBot build() {
      return new DiscordBot(this);
    }

    private BotConnection connection(BotListeners listeners) {
      if (jda != null) {
        return new HostJda(jda, listeners);
      }
      SessionPlan plan = new SessionPlan(
          settings.token(),
          settings.apiUrl().map(Builder::withSlash),
          settings.gatewayUrl().map(URI::toString),
          sessionFile,
          settings.helpChannel().isPresent());
      return new Connection(plan, lease, listeners, clock, random, times);
    }

    private static String withSlash(URI address) {
      String text = address.toString();
      return text.endsWith("/") ? text : text + "/";
    }
  }
}
