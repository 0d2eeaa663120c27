package dev.relay.discord.forms;

import dev.relay.core.cases.CaseKind;
import dev.relay.discord.extension.CustomerAccess;
import dev.relay.discord.interaction.Command;
import dev.relay.discord.interaction.CommandDefinitions;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/** {@code /bug} and {@code /new_feature}: show a form. */
public final class FormCommand implements Command {
  /** The name of the command for bugs. */
  public static final String BUG = "bug";
  /** The name of the command for feature requests. */
  public static final String FEATURE_REQUEST = "new_feature";

  private final String name;
  private final CaseKind kind;
  private final CaseForms forms;
  private final CommandDefinitions definitions;

  /**
   * Creates a command.
   *
   * @param name its name
   * @param kind the kind of case that its form files
   */
  public FormCommand(String name, CaseKind kind, CaseForms forms, CommandDefinitions definitions) {
    this.name = name;
    this.kind = kind;
    this.forms = forms;
    this.definitions = definitions;
  }

  @Override
  public SlashCommandData data() {
    return definitions.forEverybody(name);
  }

  @Override
  public void run(SlashCommandInteractionEvent event, CustomerAccess customers) {
    forms.open(event, customers, kind);
  }
}
