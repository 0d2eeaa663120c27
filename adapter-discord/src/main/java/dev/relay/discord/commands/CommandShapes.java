package dev.relay.discord.commands;

import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
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

/** How commands are registered, with names and descriptions in every language. Immutable. */
final class CommandShapes {
  private final CommandTexts texts;

  CommandShapes(CommandTexts texts) {
    this.texts = texts;
  }

  /** A command for everybody, in servers and in the direct message. */
  SlashCommandData forEverybody(String name) {
    return named(name).setContexts(InteractionContextType.GUILD, InteractionContextType.BOT_DM);
  }

  /** A command for staff, in servers only; Discord hides it from those who lack the permission. */
  SlashCommandData forStaff(String name, Permission permission) {
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

  OptionData option(String command, String name, OptionType type, boolean required) {
    String key = "command." + command + "." + name;
    return new OptionData(type, name, english(key + ".description"), required)
        .setNameLocalizations(texts.translations(key))
        .setDescriptionLocalizations(texts.translations(key + ".description"));
  }

  /** The statuses that a case can be given. */
  OptionData statuses(String command, String name) {
    return option(command, name, OptionType.STRING, false)
        .addChoices(Stream.of(CaseStatus.values())
            .filter(status -> status != CaseStatus.NEW)
            .map(status -> choice("status.", status))
            .toList());
  }

  OptionData priorities(String command, String name) {
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
