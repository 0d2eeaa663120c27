package dev.relay.discord.commands;

import dev.relay.core.cases.CaseKind;
import dev.relay.discord.PlayerEvents;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/** {@code /bug} and {@code /new_feature}: show a form. */
final class FormCommand implements Command {
  static final String BUG = "bug";
  static final String FEATURE_REQUEST = "new_feature";

  private final String name;
  private final CaseKind kind;
  private final CaseForms forms;
  private final CommandShapes shapes;

  FormCommand(String name, CaseKind kind, CaseForms forms, CommandShapes shapes) {
    this.name = name;
    this.kind = kind;
    this.forms = forms;
    this.shapes = shapes;
  }

  @Override
  public SlashCommandData data() {
    return shapes.forEverybody(name);
  }

  @Override
  public void run(SlashCommandInteractionEvent event, PlayerEvents players) {
    forms.open(event, players, kind);
  }
}
