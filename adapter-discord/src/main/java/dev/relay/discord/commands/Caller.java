package dev.relay.discord.commands;

import dev.relay.core.conversation.EventKey;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.delivery.PortId;
import dev.relay.core.message.Participant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.Role;
import net.dv8tion.jda.api.interactions.DiscordLocale;
import net.dv8tion.jda.api.interactions.Interaction;
import org.jspecify.annotations.Nullable;

/**
 * Who uses a command, a form or a button, and where.
 *
 * @param interactionId Discord's id of this use
 * @param userId their id
 * @param displayName what they are called there, untrusted
 * @param locale the language of their Discord
 * @param guildId in which server, if in one
 * @param roles the names of their roles there
 */
record Caller(
    String interactionId,
    String userId,
    String displayName,
    Locale locale,
    Optional<String> guildId,
    Set<String> roles) {
  /** The channel's id; the same as the channel's own. */
  static final PortId CHANNEL = new PortId("discord");

  private static final String SOURCE = "discord";

  static Caller of(Interaction interaction) {
    boolean attached = interaction.isFromGuild() && interaction.isFromAttachedGuild();
    Member member = interaction.getMember();
    return new Caller(
        interaction.getId(),
        interaction.getUser().getId(),
        member == null ? interaction.getUser().getEffectiveName() : member.getEffectiveName(),
        localeOf(interaction.getUserLocale()),
        attached && interaction.getGuild() != null
            ? Optional.of(interaction.getGuild().getId())
            : Optional.empty(),
        attached ? rolesOf(member) : Set.of());
  }

  private static Set<String> rolesOf(@Nullable Member member) {
    return member == null
        ? Set.of()
        : member.getRoles().stream().map(Role::getName).collect(Collectors.toSet());
  }

  private static Locale localeOf(DiscordLocale locale) {
    return locale == DiscordLocale.UNKNOWN ? Locale.ENGLISH : locale.toLocale();
  }

  /** Where this customer's conversation is. */
  CustomerAddress address() {
    return new CustomerAddress(CHANNEL, userId);
  }

  /** This use as the origin of an event, by that command. */
  Origin origin(Optional<String> command) {
    return origin(key(), command);
  }

  Origin origin(EventKey key, Optional<String> command) {
    return new Origin(
        key,
        address(),
        new CustomerProfile(userId, displayName, locale, roles),
        Optional.empty(),
        guildId,
        command);
  }

  /** Names this use. */
  EventKey key() {
    return new EventKey(SOURCE, "i" + interactionId);
  }

  /** Names the press of a button that counts once per message, however often and fast it is pressed. */
  static EventKey pressKey(String messageId, String action) {
    return new EventKey(SOURCE, "b" + messageId + "/" + action);
  }

  /** The caller as staff. */
  Participant asAgent() {
    return Participant.agent("discord:" + userId, displayName);
  }

  /** Without the name. */
  @Override
  public String toString() {
    return "Caller[" + interactionId + "]";
  }
}
