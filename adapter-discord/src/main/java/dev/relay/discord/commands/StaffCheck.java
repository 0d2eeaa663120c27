package dev.relay.discord.commands;

import dev.relay.discord.PlayerEvents;
import java.util.Optional;
import java.util.Set;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.ISnowflake;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;

/**
 * Who may use the commands of staff. Discord hides them from others, but an administrator can show them to anybody: so it is checked
 * again when they are used.
 *
 * @param staffRoles the ids of roles that may use all of them, whatever permissions they have
 */
record StaffCheck(Set<String> staffRoles) {

  /** Begins the answer for staff; everybody else is refused, and nothing is given back. */
  Optional<PrivateAnswer> begin(
      SlashCommandInteractionEvent event,
      PlayerEvents players,
      Permission permission,
      CommandTexts texts) {
    PrivateAnswer answer = PrivateAnswer.begin(event, Caller.of(event, players), texts);
    if (allows(event, permission)) {
      return Optional.of(answer);
    }
    answer.say("staff.denied", "permission", permission.getName());
    return Optional.empty();
  }

  private boolean allows(SlashCommandInteractionEvent event, Permission permission) {
    Member member = event.getMember();
    return member != null
        && event.isFromAttachedGuild()
        && (member.hasPermission(permission)
            || member.getRoles().stream().map(ISnowflake::getId).anyMatch(staffRoles::contains));
  }
}
