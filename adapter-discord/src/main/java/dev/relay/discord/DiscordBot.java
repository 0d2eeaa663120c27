package dev.relay.discord;

import dev.relay.core.channel.Announcer;
import dev.relay.core.channel.Channel;
import dev.relay.core.delivery.Health;
import dev.relay.core.intake.Intake;
import dev.relay.core.message.AttachmentRef;
import dev.relay.discord.gateway.Connection;
import dev.relay.discord.gateway.Standing;
import dev.relay.discord.inbound.Inbound;
import dev.relay.discord.outbound.DiscordAnnouncer;
import dev.relay.discord.outbound.FallbackThreads;
import dev.relay.discord.outbound.Sender;
import dev.relay.discord.player.Places;
import dev.relay.discord.player.Players;
import dev.relay.discord.player.Profiles;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.text.Rendering;
import dev.relay.discord.text.Texts;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.Role;
import org.jspecify.annotations.Nullable;

/**
 * Relay's bot in Discord: the channel, the announcer, and the connection beneath them. Connects when the channel is started. Stop the
 * channel first, and {@link #close} the bot when everything is delivered: requests work until then. Thread-safe.
 */
public final class DiscordBot implements AutoCloseable {
  private final Standing standing;
  private final @Nullable Connection connection;
  private final @Nullable HostJda host;
  private final DiscordChannel channel;
  private final Optional<Announcer> announcer;

  private DiscordBot(Builder builder) {
    DiscordSettings settings = builder.settings;
    Texts texts = Texts.of("channel");
    Places places = new Places();
    Profiles profiles = new Profiles(settings.locale());
    Players players = new Players(profiles);
    standing = new Standing(builder.clock);
    DiscordRest rest = new DiscordRest(
        this::jda, () -> standing.down("Discord does not accept the bot's token any more"));
    Sender sender = new Sender(new Sender.Parts(
        rest,
        places,
        settings
            .helpChannel()
            .map(it -> new FallbackThreads(rest, it, profiles, texts, this::self)),
        new Rendering(texts, builder.fileLinks),
        this::self,
        builder.clock));
    channel = new DiscordChannel(
        sender,
        intake -> inbound(builder, intake, rest, places, players, texts),
        link(),
        this::health);
    JoinedPlayers events = new JoinedPlayers(channel::inbound, players, places, sender, rest);
    DiscordListener listener =
        new DiscordListener(channel::inbound, sender, places, settings.helpChannel());
    if (builder.jda == null) {
      host = null;
      connection = new Connection(new Connection.Parts(
          settings.token(),
          settings.apiUrl().map(DiscordBot::withSlash),
          settings.gatewayUrl().map(URI::toString),
          settings.helpChannel().isPresent(),
          builder.lease::hold,
          builder.lease::release,
          standing,
          builder.clock,
          builder.random,
          () -> {
            // What a new session brings waits until the gap before it is read.
            channel.inbound().ifPresent(Inbound::lost);
            return listeners(builder.extensions, events, listener);
          },
          builder.fatal));
    } else {
      connection = null;
      host = new HostJda(
          builder.jda,
          listeners(builder.extensions, events, listener),
          () -> channel.inbound().ifPresent(Inbound::connected));
    }
    announcer = settings.announcements().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DiscordAnnouncer(rest, settings.announcements(), this::self, builder.clock));
  }

  /** A bot of its own. */
  public static Builder with(DiscordSettings settings) {
    return new Builder(settings, null);
  }

  /**
   * In an existing bot: adds its listeners while the channel is started, leaves all else alone, and never shuts the JDA down. It must
   * have been built with {@code setRawEventsEnabled(true)} and the intent DIRECT_MESSAGES, and with GUILD_MESSAGES and
   * MESSAGE_CONTENT where a help channel is configured; without an event pool, which would lose the order of events. Token, addresses
   * and lease are the host's affair.
   */
  public static Builder on(JDA jda, DiscordSettings settings) {
    return new Builder(settings, jda);
  }

  /** The channel. */
  public Channel channel() {
    return channel;
  }

  /** The announcer; empty where no channel for announcements is configured. */
  public Optional<Announcer> announcer() {
    return announcer;
  }

  /** How the connection is. Does no network calls. */
  public Health health() {
    return host == null ? standing.health() : host.health();
  }

  /** Ends the connection, which may take ten seconds; stops the channel where that was not done. Harmless if repeated. */
  @Override
  public void close() {
    channel.stop();
    if (connection != null) {
      connection.close();
    }
  }

  private Optional<JDA> jda() {
    if (host != null) {
      return Optional.of(host.jda());
    }
    return connection == null ? Optional.empty() : connection.jda();
  }

  private long self() {
    return jda().map(it -> it.getSelfUser().getIdLong()).orElse(0L);
  }

  private DiscordChannel.Link link() {
    return new DiscordChannel.Link() {
      @Override
      public void begin() {
        if (host != null) {
          host.begin();
        }
        if (connection != null) {
          connection.start();
        }
      }

      @Override
      public void end() {
        if (host != null) {
          host.end();
        }
        if (connection != null) {
          connection.release();
        }
      }
    };
  }

  private Inbound inbound(
      Builder builder,
      Intake intake,
      DiscordRest rest,
      Places places,
      Players players,
      Texts texts) {
    return new Inbound(new Inbound.Parts(
        intake,
        rest,
        places,
        players,
        texts,
        builder.settings.locale(),
        builder.settings.maxFileBytes(),
        this::roleNames,
        builder.clock));
  }

  private Set<String> roleNames(List<Long> ids) {
    Optional<JDA> jda = jda();
    return ids.stream()
        .map(id -> jda.map(it -> it.getRoleById(id)).map(Role::getName).orElse(Long.toString(id)))
        .collect(Collectors.toSet());
  }

  private static List<Object> listeners(
      List<DiscordExtension> extensions, PlayerEvents events, DiscordListener listener) {
    List<Object> listeners = new ArrayList<>();
    listeners.add(listener);
    extensions.forEach(extension -> listeners.add(extension.listener(events)));
    return listeners;
  }

  private static String withSlash(URI address) {
    String text = address.toString();
    return text.endsWith("/") ? text : text + "/";
  }

  /** What a bot is built from; not thread-safe. */
  public static final class Builder {
    private final DiscordSettings settings;
    private final @Nullable JDA jda;
    private final List<DiscordExtension> extensions = new ArrayList<>();
    private GatewayLease lease = GatewayLease.always();
    private Function<AttachmentRef, Optional<String>> fileLinks = file -> Optional.empty();
    private Consumer<String> fatal = reason -> {};
    private InstantSource clock = InstantSource.system();
    private RandomGenerator random = new Random();

    private Builder(DiscordSettings settings, @Nullable JDA jda) {
      this.settings = settings;
      this.jda = jda;
    }

    /** Does something more, such as commands. */
    public Builder extension(DiscordExtension extension) {
      extensions.add(extension);
      return this;
    }

    /** Enters the gateway only while it holds that; always, where nothing is said. */
    public Builder lease(GatewayLease newLease) {
      lease = newLease;
      return this;
    }

    /** Knows where files can be had that are too big for Discord (10 MiB); nowhere, where nothing is said. */
    public Builder fileLinks(Function<AttachmentRef, Optional<String>> links) {
      fileLinks = links;
      return this;
    }

    /**
     * Told once, on the bot's own thread, where trying again cannot help: what to fix, for the operator. The process should end, and
     * not with 0.
     */
    public Builder onFatal(Consumer<String> told) {
      fatal = told;
      return this;
    }

    /** Goes by that clock. */
    public Builder clock(InstantSource newClock) {
      clock = newClock;
      return this;
    }

    /** Spreads its waits by that. */
    public Builder random(RandomGenerator newRandom) {
      random = newRandom;
      return this;
    }

    /** The bot, not yet connected. */
    public DiscordBot build() {
      return new DiscordBot(this);
    }
  }
}
