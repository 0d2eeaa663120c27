package dev.relay.discord.setup;

import dev.relay.core.message.Topic;
import dev.relay.discord.DiscordSettings;
import dev.relay.discord.commands.CommandSettings;
import dev.relay.discord.commands.CommandTexts;
import dev.relay.discord.commands.DiscordCommands;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
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

/** Sets a server up from a command line: logs in for a moment, plans, tells, does. */
public final class DiscordSetup {
  private static final Duration SHUTDOWN = Duration.ofSeconds(5);

  private final DiscordSettings settings;
  private final CommandTexts texts;
  private final CommandSettings commandSettings;

  /**
   * A set-up for a bot.
   *
   * @param settings its token, addresses, language, and the channels that are configured already
   * @param texts names and words
   * @param commandSettings which commands are registered, and who is staff
   */
  public DiscordSetup(
      DiscordSettings settings, CommandTexts texts, CommandSettings commandSettings) {
    this.settings = settings;
    this.texts = texts;
    this.commandSettings = commandSettings;
  }

  /**
   * Sets a server up, or (dry run) tells what would be done. Blocks for some seconds.
   *
   * @param guildId the server's id
   * @param out is given every line for the operator
   * @return whether the server is as it should be now, or could be brought there
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
      out.accept("Discord cannot be reached: " + unreachable.getErrorResponse());
      return false;
    } catch (IllegalStateException closed) {
      out.accept("The connection to Discord ended before it was ready; is the token still valid?");
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
      out.accept("The bot is not in a server of the id " + guildId + ". Invite it: "
          + connection.getInviteUrl(BotPermissions.all()));
      return false;
    }
    SetupSettings setup =
        new SetupSettings(settings.locale(), commandSettings.staffRoles(), configured());
    try (DiscordCommands commands = new DiscordCommands(
        () -> {
          throw new IllegalStateException("the set-up serves no commands");
        },
        texts,
        commandSettings,
        InstantSource.system())) {
      GuildSetup guildSetup = new GuildSetup(texts, setup, commands);
      return run(guildSetup, guild, dryRun, out);
    } catch (ErrorResponseException refused) {
      out.accept("Discord refused: " + refused.getMeaning() + " (" + refused.getErrorCode()
          + "). What was done stays; run the set-up again when this is fixed.");
      return false;
    } catch (CompletionException refused) {
      out.accept("Discord did not take the commands. What was done stays; run the set-up again.");
      return false;
    }
  }

  private boolean run(GuildSetup guildSetup, Guild guild, boolean dryRun, Consumer<String> out) {
    SetupPlan plan = guildSetup.plan(guild);
    out.accept("Server \"" + guild.getName() + "\":");
    plan.steps().forEach(step -> out.accept("  " + step.describe()));
    if (!plan.missing().isEmpty()) {
      tellMissing(guild, plan.missing(), out);
      return false;
    }
    if (dryRun) {
      out.accept(plan.changes() ? "Nothing was changed: dry run." : "Nothing to do.");
      return true;
    }
    Map<ServerPlace, Long> channels = guildSetup.apply(guild, plan);
    out.accept(plan.changes() ? "Done." : "Nothing to do.");
    tellSettings(channels, out);
    return true;
  }

  private static void tellMissing(Guild guild, Set<Permission> missing, Consumer<String> out) {
    out.accept("The bot lacks permissions in this server: "
        + missing.stream().map(Permission::getName).sorted().collect(Collectors.joining(", "))
        + ".");
    EnumSet<Permission> wanted = EnumSet.copyOf(missing);
    wanted.addAll(guild.getSelfMember().getPermissions());
    out.accept("Give them to its role (Server Settings, Roles), or invite it again: "
        + guild.getJDA().getInviteUrl(wanted));
    out.accept("Nothing was changed.");
  }

  private void tellSettings(Map<ServerPlace, Long> channels, Consumer<String> out) {
    if (channels.equals(configured())) {
      return;
    }
    out.accept("Put the channels into Relay's configuration:");
    out.accept("  discord:");
    channels.forEach((place, id) -> out.accept("    " + settingOf(place) + ": \"" + id + "\""));
  }

  private static String settingOf(ServerPlace place) {
    return switch (place) {
      case ANNOUNCEMENTS -> "announcementChannel";
      case BUG_REPORT -> "bugChannel";
      case FEATURE_REQUEST -> "featureChannel";
      case CUSTOMER_SERVICE -> "helpChannel";
    };
  }

  private Map<ServerPlace, Long> configured() {
    Map<ServerPlace, Long> configured = new EnumMap<>(ServerPlace.class);
    settings.helpChannel().ifPresent(id -> configured.put(ServerPlace.CUSTOMER_SERVICE, id));
    settings.announcements().forEach((topic, id) -> configured.put(placeOf(topic), id));
    return configured;
  }

  private static ServerPlace placeOf(Topic topic) {
    return switch (topic) {
      case NEWS -> ServerPlace.ANNOUNCEMENTS;
      case BUG -> ServerPlace.BUG_REPORT;
      case FEATURE_REQUEST -> ServerPlace.FEATURE_REQUEST;
    };
  }

  /** No intents: what servers and channels there are Discord tells in any case. */
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
    JDA connection = builder.build();
    try {
      return connection.awaitReady();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      end(connection);
      throw new IllegalStateException("interrupted", interrupted);
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
