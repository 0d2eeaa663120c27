package dev.relay.discord.commands;

import dev.relay.core.cases.CaseKind;
import dev.relay.discord.extension.CustomerAccess;
import dev.relay.discord.forms.CaseForms;
import dev.relay.discord.forms.Form;
import dev.relay.discord.forms.FormCommand;
import dev.relay.discord.interaction.Command;
import dev.relay.discord.interaction.CommandContext;
import dev.relay.discord.interaction.CommandDefinitions;
import dev.relay.discord.staff.AnnounceCommand;
import dev.relay.discord.staff.BlockCommand;
import dev.relay.discord.staff.CaseCommand;
import dev.relay.discord.staff.StaffCheck;
import dev.relay.discord.staff.StaffRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/** All of Relay's commands, forms and buttons. Passes each interaction to the one that handles it. Thread-safe; does not block. */
public final class CommandSet {
  private final Map<String, Command> commands = new LinkedHashMap<>();
  private final CaseForms forms;
  private final RatingComments comments;
  private final ButtonPresses buttons;

  /**
   * Creates the commands.
   *
   * @param leftOut the English names of commands that are not offered
   * @throws IllegalArgumentException if a command that is to be left out does not exist, or a text is too long for Discord
   */
  public CommandSet(
      CommandContext context, List<Form> forms, StaffRules staffRules, Set<String> leftOut) {
    this.forms = new CaseForms(context, forms);
    this.comments = new RatingComments(context);
    CommandDefinitions definitions = new CommandDefinitions(context.texts());
    ChatOpener opener = new ChatOpener(context);
    HelpCommand help = new HelpCommand(context, opener, definitions);
    CasesCommand cases = new CasesCommand(context, definitions);
    buttons = new ButtonPresses(context, help, cases, this.forms, comments);
    add(help);
    add(new FormCommand(FormCommand.BUG, CaseKind.BUG, this.forms, definitions));
    add(new FormCommand(
        FormCommand.FEATURE_REQUEST, CaseKind.FEATURE_REQUEST, this.forms, definitions));
    add(new AgentCommand(context, opener, definitions));
    add(cases);
    add(new CloseCommand(context, definitions));
    StaffCheck staff = new StaffCheck(staffRules);
    add(new AnnounceCommand(context, staff, definitions));
    add(new CaseCommand(context, staff, definitions));
    add(BlockCommand.block(context, staff, definitions));
    add(BlockCommand.unblock(context, staff, definitions));
    leaveOut(leftOut);
  }

  private void add(Command command) {
    commands.put(command.data().getName(), command);
  }

  private void leaveOut(Set<String> names) {
    Set<String> unknown = new TreeSet<>(names);
    unknown.removeAll(commands.keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown commands to leave out: " + unknown + "; expected some of " + commands.keySet());
    }
    commands.keySet().removeAll(names);
  }

  /** Returns the definitions under which the commands are registered. */
  public List<SlashCommandData> definitions() {
    return commands.values().stream().map(Command::data).toList();
  }

  /**
   * Handles an event of the gateway; ignores the commands, forms and buttons of others.
   *
   * @param customers submits events of the caller and sends messages to them
   */
  public void handle(GenericEvent event, CustomerAccess customers) {
    if (event instanceof SlashCommandInteractionEvent used) {
      Command command = commands.get(used.getName());
      if (command != null) {
        command.run(used, customers);
      }
    } else if (event instanceof ButtonInteractionEvent pressed) {
      buttons.pressed(pressed, customers);
    } else if (event instanceof ModalInteractionEvent submitted
        && !comments.submitted(submitted, customers)
        && CaseForms.isForm(submitted.getModalId())) {
      forms.submitted(submitted, customers);
    }
  }
}
