package dev.relay.discord.commands;

import dev.relay.core.cases.CaseKind;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Relay's commands, forms and buttons in Discord: a listener for a connection, Relay's own or a host bot's. Registers its commands
 * when the connection is ready; a host whose connection is ready already calls {@link #register}. Commands, forms and buttons of
 * others are left alone. Thread-safe; what it is told it serves without blocking the teller.
 */
public final class DiscordCommands implements EventListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DiscordCommands.class);

  private final Map<String, Command> commands = new LinkedHashMap<>();
  private final BackgroundWork background = new BackgroundWork();
  private final CaseForms forms;
  private final ButtonPresses buttons;
  private final Registration registration;

  /**
   * Commands for a Relay.
   *
   * @param relay what they do
   * @param places where customers are served
   * @param texts what they say
   * @param settings what the operator chose
   * @param clock what time it is, for blocks that end
   * @throws IllegalArgumentException where the settings leave out a command that does not exist, or a text is too long for Discord
   */
  public DiscordCommands(
      RelayServices relay,
      CustomerPlaces places,
      CommandTexts texts,
      CommandSettings settings,
      InstantSource clock) {
    Submissions submissions = new Submissions(relay, texts, background);
    Surroundings surroundings = new Surroundings(relay, texts, background, submissions, clock);
    Whereabouts whereabouts = new Whereabouts(places);
    CommandShapes shapes = new CommandShapes(texts);
    StaffCheck staff = new StaffCheck(settings.staffRoles());
    forms = new CaseForms(surroundings, settings.forms());
    HelpCommand help = new HelpCommand(surroundings, whereabouts, shapes);
    CasesCommand cases = new CasesCommand(surroundings, shapes);
    buttons = new ButtonPresses(surroundings, help, cases, forms);
    add(help);
    add(new FormCommand(FormCommand.BUG, CaseKind.BUG, forms, shapes));
    add(new FormCommand(FormCommand.FEATURE_REQUEST, CaseKind.FEATURE_REQUEST, forms, shapes));
    add(new AgentCommand(surroundings, whereabouts, shapes));
    add(cases);
    add(new CloseCommand(surroundings, shapes));
    add(new AnnounceCommand(surroundings, staff, shapes));
    add(new CaseCommand(surroundings, staff, shapes));
    add(BlockCommand.block(surroundings, staff, shapes));
    add(BlockCommand.unblock(surroundings, staff, shapes));
    leaveOut(settings.leftOut());
    registration = new Registration(data());
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

  /**
   * Makes Discord know the commands, as far as it does not yet; never takes away others.
   *
   * @return the names of the commands that were new or changed; completes exceptionally where Discord refused
   */
  public CompletableFuture<List<String>> register(JDA connection) {
    return registration.register(connection);
  }

  @Override
  public void onEvent(GenericEvent event) {
    if (event instanceof SlashCommandInteractionEvent used) {
      @Nullable Command command = commands.get(used.getName());
      if (command != null) {
        command.run(used);
      }
    } else if (event instanceof ButtonInteractionEvent pressed) {
      buttons.pressed(pressed);
    } else if (event instanceof ModalInteractionEvent submitted) {
      if (CaseForms.isForm(submitted.getModalId())) {
        forms.submitted(submitted);
      }
    } else if (event instanceof ReadyEvent ready) {
      CompletableFuture<List<String>> unused = register(ready.getJDA())
          .whenComplete((names, failure) -> {
            if (failure != null) {
              LOG.warn(
                  "Discord did not take the commands, they are registered at the next start: {}",
                  failure.getMessage());
            } else if (!names.isEmpty()) {
              LOG.info("Registered the commands {}", names);
            }
          });
    }
  }

  /** Ends the work in hand, within seconds. The connection is not touched. */
  @Override
  public void close() {
    background.close();
  }
}
