package dev.relay.discord.player;

import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.Role;
import net.dv8tion.jda.api.entities.User;

/** Joins Discord's numbers to Relay's addresses. */
public final class Players {
  /** The channel's id. */
  public static final PortId CHANNEL = new PortId("discord");
  /** What all event keys of Discord begin with. */
  public static final String SOURCE = "discord";

  private final Profiles profiles;

  /** With what is known of them. */
  public Players(Profiles profiles) {
    this.profiles = profiles;
  }

  /** The address of a player, wherever they are served. */
  public static CustomerAddress address(long player) {
    return new CustomerAddress(CHANNEL, Long.toString(player));
  }

  /** The player at an address; empty where that is no number. */
  public static Optional<Long> at(CustomerAddress address) {
    try {
      return Optional.of(Long.parseLong(address.key()));
    } catch (NumberFormatException other) {
      return Optional.empty();
    }
  }

  /** The key of an event of Discord's: {@code m…} for messages, {@code i…} for interactions. */
  public static EventKey key(String id) {
    return new EventKey(SOURCE, id);
  }

  /** What is known of them. */
  public Profiles profiles() {
    return profiles;
  }

  /**
   * The origin of a command, a button or a form.
   *
   * @param member the user as member of the server in which it was used, where it was in one
   * @param locale the language of the user's Discord
   * @param command without a slash, where it was one
   */
  public Origin origin(
      long interaction,
      User user,
      Optional<Member> member,
      Locale locale,
      Optional<String> command) {
    Optional<Set<String>> roles =
        member.map(it -> Set.copyOf(it.getRoles().stream().map(Role::getName).toList()));
    return new Origin(
        key("i" + Long.toUnsignedString(interaction)),
        address(user.getIdLong()),
        profiles.profile(user.getIdLong(), user.getEffectiveName(), Optional.of(locale), roles),
        Optional.empty(),
        member.map(it -> it.getGuild().getId()),
        command);
  }
}
