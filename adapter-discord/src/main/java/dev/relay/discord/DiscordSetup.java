package dev.relay.discord;

import dev.relay.core.message.Topic;
import dev.relay.discord.commands.CommandRefused;
import dev.relay.discord.gateway.Arrival;
import dev.relay.discord.gateway.Causes;
import dev.relay.discord.setup.BotPermissions;
import dev.relay.discord.setup.GuildSetup;
import dev.relay.discord.setup.ServerChannel;
import dev.relay.discord.setup.SetupPlan;
import dev.relay.discord.setup.SetupSettings;
import dev.relay.discord.text.CommandTexts;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.exceptions.InvalidTokenException;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.SessionControllerAdapter;
import net.dv8tion.jda.api.utils.cache.CacheFlag;

/** The set-up of a server from a command line. It logs in for a moment, plans, prints the plan and applies it. */
public final class DiscordSetup {
  private static final Duration SHUTDOWN = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final DiscordSettings settings;
  private final CommandSettings commandSettings;
  private final Duration patience;
  private final Map<String, String> texts;

  /**
   * Creates a set-up.
   *
   * @param settings the bot's token, addresses, language, and the channels that are already configured
   * @param commandSettings the commands to register, and who is staff
   */
  public DiscordSetup(DiscordSettings settings, CommandSettings commandSettings) {
    this(settings, commandSettings, Map.of());
  }

  /**
   * Creates a set-up.
   *
   * @param settings the bot's token, addresses, language, and the channels that are already configured
   * @param commandSettings the commands to register, and who is staff
   * @param texts the operator's texts, as in {@link DiscordCommands.Builder#texts}
   * @throws IllegalArgumentException if a key names no text
   */
  public DiscordSetup(
      DiscordSettings settings, CommandSettings commandSettings, Map<String, String> texts) {
    this(settings, commandSettings, PATIENCE, texts);
  }

  /**
   * Creates a set-up.
   *
   * @param patience the longest wait for the gateway
   */
  DiscordSetup(DiscordSettings settings, CommandSettings commandSettings, Duration patience) {
    this(settings, commandSettings, patience, Map.of());
  }

  private DiscordSetup(
      DiscordSettings settings,
      CommandSettings commandSettings,
      Duration patience,
      Map<String, String> texts) {
    this.texts = Map.copyOf(texts);
    this.patience = patience;
    this.settings = settings;
    this.commandSettings = commandSettings;
  }

  /**
   * Sets a server up. Blocks for some seconds; if the gateway does not come up, for a minute.
   *
   * @param guildId the server's id
   * @param dryRun true to print the plan without changing anything
   * @param out receives every line for the operator
   * @return true if the server is set up, or (dry run) can be
   */
  public boolean run(long guildId, boolean dryRun, Consumer<String> out) {
    JDA connection;
    try {
      connection = connect();
    } catch (InvalidTokenException wrong) {
      out.accept("Discord does not accept the bot's token. Copy it again from the Developer Portal"
          + " (Bot, Reset Token) into discord.token.");
      return false;
    } catch (ErrorResponseException unreachable) {
      out.accept("Discord cannot be reached: " + Causes.of(unreachable)
          + ". Check the network and discord.apiUrl, then run the set-up again.");
      return false;
    } catch (GatewayDown down) {
      out.accept(down.reason());
      return false;
    }
    try {
      return run(connection, guildId, dryRun, out);
    } finally {
      end(connection);
    }
  }

  private boolean run(JDA connection, long guildId, boolean dryRun, Consumer<String> out) {
    connection.setRequiredScopes("applications.commands");
    Guild guild = connection.getGuildById(guildId);
    if (guild == null) {
      out.accept("The bot is not in the server with the id " + guildId + ". Invite it: "
          + connection.getInviteUrl(BotPermissions.all()));
      return false;
    }
    SetupSettings setup =
        new SetupSettings(settings.locale(), commandSettings.staffRoles(), configured());
    try (DiscordCommands commands = DiscordCommands.with(commandSettings).build()) {
      GuildSetup guildSetup =
          new GuildSetup(CommandTexts.withOverrides(texts), setup, commands.registration());
      return run(guildSetup, guild, dryRun, out);
    } catch (ErrorResponseException refused) {
      out.accept("Discord refused: " + refused.getMeaning() + " (" + refused.getErrorCode()
          + "). Completed steps stay; fix this and run the set-up again.");
      return false;
    } catch (CompletionException refused) {
      Throwable cause = refused.getCause() == null ? refused : refused.getCause();
      out.accept((cause instanceof CommandRefused named
              ? named.getMessage()
              : "The commands could not be registered: " + cause.getClass().getSimpleName())
          + ". Completed steps stay; fix this and run the set-up again.");
      return false;
    }
  }

  private boolean run(GuildSetup guildSetup, Guild guild, boolean dryRun, Consumer<String> out) {
    SetupPlan plan = guildSetup.plan(guild);
    out.accept("Server \"" + guild.getName() + "\":");
    plan.steps().forEach(step -> out.accept("  " + step.describe()));
    if (!plan.missing().isEmpty()) {
      printMissing(guild, plan.missing(), out);
      return false;
    }
    if (dryRun) {
      out.accept(plan.changes() ? "Dry run: nothing was changed." : "Nothing to do.");
      return true;
    }
    Map<ServerChannel, Long> channels = guildSetup.apply(guild, plan);
    out.accept(plan.changes() ? "Done." : "Nothing to do.");
    printSettings(channels, out);
    return true;
  }

  private static void printMissing(Guild guild, Set<Permission> missing, Consumer<String> out) {
    out.accept("The bot lacks permissions in this server: "
        + missing.stream().map(Permission::getName).sorted().collect(Collectors.joining(", "))
        + ".");
    EnumSet<Permission> wanted = EnumSet.copyOf(missing);
    wanted.addAll(guild.getSelfMember().getPermissions());
    out.accept("Grant them to its role (Server Settings, Roles), or invite the bot again: "
        + guild.getJDA().getInviteUrl(wanted));
    out.accept("Nothing was changed.");
  }

  private void printSettings(Map<ServerChannel, Long> channels, Consumer<String> out) {
    if (channels.equals(configured())) {
      return;
    }
    out.accept("Add the channels to Relay's configuration:");
    out.accept("  discord:");
    channels.forEach((place, id) -> out.accept("    " + settingOf(place) + ": \"" + id + "\""));
  }

  private static String settingOf(ServerChannel place) {
    return switch (place) {
      case ANNOUNCEMENTS -> "announcementChannel";
      case BUG_REPORT -> "bugChannel";
      case FEATURE_REQUEST -> "featureChannel";
      case CUSTOMER_SERVICE -> "helpChannel";
    };
  }

  private Map<ServerChannel, Long> configured() {
    Map<ServerChannel, Long> configured = new EnumMap<>(ServerChannel.class);
    settings.helpChannel().ifPresent(id -> configured.put(ServerChannel.CUSTOMER_SERVICE, id));
    settings.announcements().forEach((topic, id) -> configured.put(placeOf(topic), id));
    return configured;
  }

  private static ServerChannel placeOf(Topic topic) {
    return switch (topic) {
      case NEWS -> ServerChannel.ANNOUNCEMENTS;
      case BUG -> ServerChannel.BUG_REPORT;
      case FEATURE_REQUEST -> ServerChannel.FEATURE_REQUEST;
    };
  }

  /** Connects without intents: Discord sends servers and channels in any case. */
  private JDA connect() {
    RestConfig rest = new RestConfig();
    settings
        .apiUrl()
        .map(Object::toString)
        .ifPresent(address -> rest.setBaseUrl(address.endsWith("/") ? address : address + "/"));
    JDABuilder builder = JDABuilder.createLight(
            settings.token(), EnumSet.noneOf(GatewayIntent.class))
        .enableCache(CacheFlag.MEMBER_OVERRIDES)
        .setRestConfig(rest)
        .setEnableShutdownHook(false);
    settings
        .gatewayUrl()
        .ifPresent(address -> builder.setSessionController(new OtherGateway(address.toString())));
    Arrival arrival = new Arrival();
    JDA connection = builder.addEventListeners(arrival).build();
    Optional<String> failure = arrival.await(patience, connection);
    if (failure.isPresent()) {
      end(connection);
      throw new GatewayDown(failure.get());
    }
    return connection;
  }

  /** Reports why the gateway did not come up. */
  private static final class GatewayDown extends RuntimeException {
    private static final long serialVersionUID = 1;

    GatewayDown(String reason) {
      super(reason, null, false, false);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  private static void end(JDA connection) {
    connection.shutdown();
    try {
      if (!connection.awaitShutdown(SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)) {
        connection.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      connection.shutdownNow();
    }
  }

  private static final class OtherGateway extends SessionControllerAdapter {
    private final String address;

    OtherGateway(String address) {
      this.address = address;
    }

    @Override
    public String getGateway() {
      return address;
    }
  }
}
