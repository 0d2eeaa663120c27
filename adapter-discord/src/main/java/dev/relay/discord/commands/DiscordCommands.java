package dev.relay.discord.commands;

import dev.relay.core.cases.CaseKind;
import dev.relay.discord.DiscordExtension;
import dev.relay.discord.PlayerEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/**
 * Relay's commands, forms and buttons in Discord: an extension of the bot. Registers its commands when the bot connects; a program
 * that gives the bot a connection of its own, which is ready already, calls {@link #register}. Commands, forms and buttons of others
 * are left alone. Thread-safe; what it is told it serves without blocking the teller.
 */
public final class DiscordCommands implements DiscordExtension, AutoCloseable {
  /** Longer than a healthy store takes, shorter than people wait without a sign. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  /** The first wait after a failed registration. */
  private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

  private final Map<String, Command> commands = new LinkedHashMap<>();
  private final BackgroundWork background = new BackgroundWork();
  private final CaseForms forms;
  private final ButtonPresses buttons;
  private final Registration registration;
  private final LastingRegistration lasting;

  /**
   * Commands for a Relay.
   *
   * @param relay what they do; asked for at every use, so that the bot can be built before the Relay
   * @param texts what they say
   * @param settings what the operator chose
   * @param clock what time it is, for blocks that end
   * @throws IllegalArgumentException where the settings leave out a command that does not exist, or a text is too long for Discord
   */
  public DiscordCommands(
      Supplier<RelayServices> relay,
      CommandTexts texts,
      CommandSettings settings,
      InstantSource clock) {
    this(relay, texts, settings, clock, PATIENCE, RETRY_AFTER);
  }

  DiscordCommands(
      Supplier<RelayServices> relay,
      CommandTexts texts,
      CommandSettings settings,
      InstantSource clock,
      Duration patience,
      Duration retryAfter) {
    Submissions submissions = new Submissions(relay, texts, background, patience);
    Surroundings surroundings = new Surroundings(relay, texts, background, submissions, clock);
    ChatOpening opening = new ChatOpening(surroundings);
    CommandShapes shapes = new CommandShapes(texts);
    StaffCheck staff = new StaffCheck(settings);
    forms = new CaseForms(surroundings, settings.forms());
    HelpCommand help = new HelpCommand(surroundings, opening, shapes);
    CasesCommand cases = new CasesCommand(surroundings, shapes);
    buttons = new ButtonPresses(surroundings, help, cases, forms);
    add(help);
    add(new FormCommand(FormCommand.BUG, CaseKind.BUG, forms, shapes));
    add(new FormCommand(FormCommand.FEATURE_REQUEST, CaseKind.FEATURE_REQUEST, forms, shapes));
    add(new AgentCommand(surroundings, opening, shapes));
    add(cases);
    add(new CloseCommand(surroundings, shapes));
    add(new AnnounceCommand(surroundings, staff, shapes));
    add(new CaseCommand(surroundings, staff, shapes));
    add(BlockCommand.block(surroundings, staff, shapes));
    add(BlockCommand.unblock(surroundings, staff, shapes));
    leaveOut(settings.leftOut());
    registration = new Registration(data());
    lasting = new LastingRegistration(registration, retryAfter);
  }

  private void add(Command command) {
    commands.put(command.data().getName(), command);
  }

  private void leaveOut(Set<String> names) {
    Set<String> unknown = new TreeSet<>(names);
    unknown.removeAll(commands.keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "no commands of Relay's are called " + unknown + "; there are " + commands.keySet());
    }
    commands.keySet().removeAll(names);
  }

  /** The commands as they are registered. */
  public Collection<SlashCommandData> data() {
    return commands.values().stream().map(Command::data).toList();
  }

  /** The names of the commands that Discord does not know yet, or knows otherwise. */
  public CompletableFuture<List<String>> missing(JDA connection) {
    return registration
        .missing(connection)
        .thenApply(missing -> missing.stream().map(SlashCommandData::getName).toList());
  }

  /**
   * Makes Discord know the commands, as far as it does not yet; never takes away others.
   *
   * @return the names of the commands that were new or changed; completes exceptionally where Discord refused
   */
  public CompletableFuture<List<String>> register(JDA connection) {
    return registration.register(connection);
  }

  @Override
  public EventListener listener(PlayerEvents events) {
    return event -> heard(event, events);
  }

  private void heard(GenericEvent event, PlayerEvents players) {
    if (event instanceof SlashCommandInteractionEvent used) {
      Command command = commands.get(used.getName());
      if (command != null) {
        command.run(used, players);
      }
    } else if (event instanceof ButtonInteractionEvent pressed) {
      buttons.pressed(pressed, players);
    } else if (event instanceof ModalInteractionEvent submitted) {
      if (CaseForms.isForm(submitted.getModalId())) {
        forms.submitted(submitted, players);
      }
    } else if (event instanceof ReadyEvent || event instanceof SessionRecreateEvent) {
      lasting.begin(event.getJDA());
    }
  }

  /** Ends the work in hand, within seconds. The connection is not touched. */
  @Override
  public void close() {
    background.close();
  }
}
