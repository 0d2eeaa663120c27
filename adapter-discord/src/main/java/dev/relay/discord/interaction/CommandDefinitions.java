package dev.relay.discord.interaction;

import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.discord.text.CommandTexts;
import java.util.Locale;
import java.util.stream.Stream;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.interactions.IntegrationType;
import net.dv8tion.jda.api.interactions.InteractionContextType;
import net.dv8tion.jda.api.interactions.commands.Command.Choice;
import net.dv8tion.jda.api.interactions.commands.DefaultMemberPermissions;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import net.dv8tion.jda.api.interactions.commands.build.OptionData;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/** Builds the definitions of commands, with names and descriptions in every language. Immutable. */
public final class CommandDefinitions {
  private final CommandTexts texts;

  /** Creates definitions with these names and descriptions. */
  public CommandDefinitions(CommandTexts texts) {
    this.texts = texts;
  }

  /** Returns a command for everybody, in servers and in the direct message. */
  public SlashCommandData forEverybody(String name) {
    return named(name).setContexts(InteractionContextType.GUILD, InteractionContextType.BOT_DM);
  }

  /** Returns a command for staff, in servers only; Discord hides it from members without the permission. */
  public SlashCommandData forStaff(String name, Permission permission) {
    return named(name)
        .setContexts(InteractionContextType.GUILD)
        .setDefaultPermissions(DefaultMemberPermissions.enabledFor(permission));
  }

  private SlashCommandData named(String name) {
    String key = "command." + name;
    return Commands.slash(name, english(key + ".description"))
        .setNameLocalizations(texts.translations(key))
        .setDescriptionLocalizations(texts.translations(key + ".description"))
        .setIntegrationTypes(IntegrationType.GUILD_INSTALL);
  }

  /** Returns an option of a command. */
  public OptionData option(String command, String name, OptionType type, boolean required) {
    String key = "command." + command + "." + name;
    return new OptionData(type, name, english(key + ".description"), required)
        .setNameLocalizations(texts.translations(key))
        .setDescriptionLocalizations(texts.translations(key + ".description"));
  }

  /** Returns an option for the statuses that live agents can give to a case. */
  public OptionData statuses(String command, String name) {
    return option(command, name, OptionType.STRING, false)
        .addChoices(Stream.of(CaseStatus.values())
            .filter(status -> status != CaseStatus.NEW && status != CaseStatus.MERGED)
            .map(status -> choice("status.", status))
            .toList());
  }

  /** Returns an option for the priorities of a case. */
  public OptionData priorities(String command, String name) {
    return option(command, name, OptionType.STRING, false)
        .addChoices(Stream.of(CasePriority.values())
            .map(priority -> choice("priority.", priority))
            .toList());
  }

  private Choice choice(String prefix, Enum<?> value) {
    String key = prefix + value.name();
    return new Choice(english(key), value.name()).setNameLocalizations(texts.translations(key));
  }

  private String english(String key) {
    return texts.get(Locale.ENGLISH, key);
  }
}
