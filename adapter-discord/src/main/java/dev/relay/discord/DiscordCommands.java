package dev.relay.discord;

import dev.relay.core.Relay;
import dev.relay.discord.commands.CommandSet;
import dev.relay.discord.commands.Registration;
import dev.relay.discord.commands.RetryingRegistration;
import dev.relay.discord.extension.CustomerAccess;
import dev.relay.discord.extension.DiscordExtension;
import dev.relay.discord.interaction.CommandContext;
import dev.relay.discord.interaction.CommandExecutor;
import dev.relay.discord.interaction.IntakeReplies;
import dev.relay.discord.interaction.RelayServices;
import dev.relay.discord.interaction.ServedRelay;
import dev.relay.discord.staff.StaffRules;
import dev.relay.discord.text.CommandTexts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/**
 * Relay's commands, forms and buttons in Discord: an extension of the bot. The commands are registered when the bot connects; a program
 * that passes a connection of its own, which is already ready, calls {@link #register}. Commands, forms and buttons of others are
 * ignored. Thread-safe; the listener does not block.
 */
public final class DiscordCommands implements DiscordExtension, AutoCloseable {
  private final ServedRelay served = new ServedRelay();
  private final CommandExecutor executor = new CommandExecutor();
  private final CommandSet commands;
  private final Registration registration;
  private final RetryingRegistration retrying;

  private DiscordCommands(Builder builder) {
    CommandTexts texts = CommandTexts.withOverrides(builder.texts);
    CommandSettings settings = builder.settings;
    CommandContext context = new CommandContext(
        served,
        texts,
        executor,
        new IntakeReplies(served, texts, executor, builder.patience),
        builder.clock);
    commands = new CommandSet(
        context,
        settings.forms().forms(),
        new StaffRules(settings.staffRoles(), settings.guilds(), settings.channels()),
        settings.leftOut());
    registration = new Registration(commands.definitions());
    retrying = new RetryingRegistration(registration, builder.retryAfter);
  }

  /** Returns a builder of commands with these settings. */
  public static Builder with(CommandSettings settings) {
    return new Builder(settings);
  }

  /** Sets the Relay that the commands work on from now on. Until then commands answer that Relay is unavailable. */
  public void serve(Relay relay) {
    served.set(RelayServices.of(relay));
  }

  /** Returns the definitions under which the commands are registered. */
  public Collection<SlashCommandData> data() {
    return commands.definitions();
  }

  /** Returns the names of the commands that are not registered, or registered with another definition. Does not block. */
  public CompletableFuture<List<String>> missing(JDA connection) {
    return registration
        .missing(connection)
        .thenApply(missing -> missing.stream().map(SlashCommandData::getName).toList());
  }

  /**
   * Registers the missing commands; never removes others. Does not block.
   *
   * @return the names of the commands that were new or changed; completes exceptionally if Discord refuses one
   */
  public CompletableFuture<List<String>> register(JDA connection) {
    return registration.register(connection);
  }

  @Override
  public EventListener listener(CustomerAccess customers) {
    return event -> onEvent(event, customers);
  }

  private void onEvent(GenericEvent event, CustomerAccess customers) {
    if (event instanceof ReadyEvent || event instanceof SessionRecreateEvent) {
      retrying.begin(event.getJDA());
    } else {
      commands.handle(event, customers);
    }
  }

  Registration registration() {
    return registration;
  }

  /** Finishes the running work; blocks for at most five seconds. The connection is not touched. */
  @Override
  public void close() {
    executor.close();
  }

  /** A builder of commands; not thread-safe. */
  public static final class Builder {
    private final CommandSettings settings;
    private Map<String, String> texts = Map.of();
    private InstantSource clock = InstantSource.system();
    /** Longer than a healthy store takes, shorter than people wait without a sign. */
    private Duration patience = Duration.ofSeconds(8);

    private Duration retryAfter = Duration.ofMinutes(1);

    private Builder(CommandSettings settings) {
      this.settings = settings;
    }

    /**
     * Replaces shipped texts.
     *
     * @param overrides the texts by {@code language.key}, for example {@code en.help.opening}
     */
    public Builder texts(Map<String, String> overrides) {
      texts = Map.copyOf(overrides);
      return this;
    }

    /** Sets the clock, which decides when blocks end; the system's by default. */
    public Builder clock(InstantSource newClock) {
      clock = newClock;
      return this;
    }

    /** Sets the time after which callers are notified that their submission takes longer; 8 seconds by default. */
    public Builder patience(Duration newPatience) {
      patience = newPatience;
      return this;
    }

    /** Sets the wait before a failed registration is retried the first time; one minute by default. */
    public Builder retryAfter(Duration firstWait) {
      retryAfter = firstWait;
      return this;
    }

    /**
     * Returns the commands.
     *
     * @throws IllegalArgumentException if the settings leave out a command that does not exist, an override names no text, or a text
     *     is too long for Discord
     */
    public DiscordCommands build() {
      return new DiscordCommands(this);
    }
  }
}
