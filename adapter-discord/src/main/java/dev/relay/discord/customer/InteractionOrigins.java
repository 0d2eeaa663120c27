package dev.relay.discord.customer;

import dev.relay.core.conversation.Origin;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.Role;
import net.dv8tion.jda.api.interactions.Interaction;

/** The origins of events that commands, buttons and forms cause. Updates the customers' profiles. Thread-safe. */
public final class InteractionOrigins {
  private final Profiles profiles;

  /** Creates origins with profiles from this cache. */
  public InteractionOrigins(Profiles profiles) {
    this.profiles = profiles;
  }

  /**
   * Returns the origin of an interaction.
   *
   * @param command the command's name without a slash; empty for buttons and forms
   * @param position the customer's read position, if known
   */
  public Origin of(
      Interaction interaction, Optional<String> command, Optional<ReadPosition> position) {
    Optional<Member> member = Optional.ofNullable(interaction.getMember());
    long customer = interaction.getUser().getIdLong();
    Optional<Set<String>> roles = member.map(
        it -> it.getRoles().stream().map(Role::getName).collect(Collectors.toUnmodifiableSet()));
    return new Origin(
        DiscordAddresses.key("i" + Long.toUnsignedString(interaction.getIdLong())),
        DiscordAddresses.address(customer),
        profiles.profile(
            customer,
            interaction.getUser().getEffectiveName(),
            Optional.of(interaction.getUserLocale().toLocale()),
            roles),
        position.map(ReadPosition::toString),
        member.map(it -> it.getGuild().getId()),
        command);
  }
}
