package dev.relay.discord.commands;

import dev.relay.discord.PlayerEvents;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.ISnowflake;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.channel.middleman.GuildChannel;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;

/**
 * Who may use the commands of staff. Discord hides them from others, but an administrator can show them to anybody: so it is checked
 * again when they are used. And commands are there in every server into which somebody invites the bot, where its owner has all
 * permissions: so permissions count in the brand's own servers alone. Roles count wherever they are, since nobody can forge an id.
 */
final class StaffCheck {
  private final CommandSettings settings;

  StaffCheck(CommandSettings settings) {
    this.settings = settings;
  }

  /** Begins the answer for staff; everybody else is refused, and nothing is given back. */
  Optional<PrivateAnswer> begin(
      SlashCommandInteractionEvent event,
      PlayerEvents players,
      Permission permission,
      CommandTexts texts) {
    PrivateAnswer answer = PrivateAnswer.begin(event, Caller.of(event, players), texts);
    Member member = event.isFromAttachedGuild() ? event.getMember() : null;
    if (member != null && hasStaffRole(member)) {
      return Optional.of(answer);
    }
    if (member == null || !guilds(event).contains(member.getGuild().getId())) {
      answer.say("staff.elsewhere");
      return Optional.empty();
    }
    if (!member.hasPermission(permission)) {
      answer.say("staff.denied", "permission", permission.getName());
      return Optional.empty();
    }
    return Optional.of(answer);
  }

  private boolean hasStaffRole(Member member) {
    return member.getRoles().stream()
        .map(ISnowflake::getId)
        .anyMatch(settings.staffRoles()::contains);
  }

  /** The brand's servers at this moment: channels may have been moved into the configuration, the bot out of a server. */
  private Set<String> guilds(SlashCommandInteractionEvent event) {
    if (!settings.guilds().isEmpty()) {
      return settings.guilds();
    }
    return settings.channels().stream()
        .map(id -> event.getJDA().getGuildChannelById(id))
        .filter(Objects::nonNull)
        .map(GuildChannel::getGuild)
        .map(Guild::getId)
        .collect(Collectors.toSet());
  }
}
