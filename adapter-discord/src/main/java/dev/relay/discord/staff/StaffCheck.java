package dev.relay.discord.staff;

import dev.relay.discord.extension.CustomerAccess;
import dev.relay.discord.interaction.Caller;
import dev.relay.discord.interaction.PrivateAnswer;
import dev.relay.discord.text.CommandTexts;
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
 * Checks who may use the commands of staff. Discord hides these commands from others, but an administrator can show them to anybody;
 * therefore each use is checked again. Commands exist in every server to which somebody invites the bot, and the owner of a server has
 * all permissions there; therefore permissions count only in the brand's own servers. Roles count everywhere, because nobody can forge
 * their ids.
 */
public final class StaffCheck {
  private final StaffRules rules;

  /** Creates a check by these rules. */
  public StaffCheck(StaffRules rules) {
    this.rules = rules;
  }

  /** Acknowledges the command. Returns the answer to complete, or empty if the caller is not staff and has been refused. */
  Optional<PrivateAnswer> begin(
      SlashCommandInteractionEvent event,
      CustomerAccess customers,
      Permission permission,
      CommandTexts texts) {
    PrivateAnswer answer = PrivateAnswer.begin(event, Caller.of(event, customers), texts);
    Member member = event.isFromAttachedGuild() ? event.getMember() : null;
    if (member != null && hasStaffRole(member)) {
      return Optional.of(answer);
    }
    if (member == null || !guilds(event).contains(member.getGuild().getId())) {
      answer.say("staff.elsewhere");
      return Optional.empty();
    }
    if (!member.hasPermission(permission)) {
      answer.say(
          "staff.denied",
          "permission",
          texts.get(answer.locale(), "permission." + permission.name()));
      return Optional.empty();
    }
    return Optional.of(answer);
  }

  private boolean hasStaffRole(Member member) {
    return member.getRoles().stream().map(ISnowflake::getId).anyMatch(rules.roles()::contains);
  }

  /** Returns the brand's servers, determined at every use because the bot may have joined or left a server since. */
  private Set<String> guilds(SlashCommandInteractionEvent event) {
    if (!rules.guilds().isEmpty()) {
      return rules.guilds();
    }
    return rules.channels().stream()
        .map(id -> event.getJDA().getGuildChannelById(id))
        .filter(Objects::nonNull)
        .map(GuildChannel::getGuild)
        .map(Guild::getId)
        .collect(Collectors.toSet());
  }
}
