package dev.relay.discord.interaction;

import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.EventKey;
import dev.relay.core.message.Participant;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.extension.CustomerAccess;
import dev.relay.discord.outbound.FallbackThreads;
import java.util.Locale;
import java.util.Optional;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.channel.Channel;
import net.dv8tion.jda.api.entities.channel.ChannelType;
import net.dv8tion.jda.api.interactions.Interaction;

/**
 * The Discord user behind one use of a command, a form or a button. Immutable.
 *
 * @param interactionId Discord's id of this use
 * @param userId Discord's id of the user
 * @param displayName the user's name in the server or in Discord, untrusted
 * @param origin the origin of an event that this use causes
 * @param customers submits events of the caller and sends messages to them
 * @param inOwnChat whether it was used in the caller's own chat with Relay, so that no link needs to lead there
 */
public record Caller(
    String interactionId,
    long userId,
    String displayName,
    Origin origin,
    CustomerAccess customers,
    boolean inOwnChat) {

  /** Returns the caller of an interaction. */
  public static Caller of(Interaction interaction, CustomerAccess customers) {
    Member member = interaction.getMember();
    return new Caller(
        interaction.getId(),
        interaction.getUser().getIdLong(),
        member == null ? interaction.getUser().getEffectiveName() : member.getEffectiveName(),
        customers.origin(interaction, Optional.empty()),
        customers,
        isOwnChat(interaction));
  }

  /** Checks whether the place is the caller's direct message or private thread. The name of a thread decides nothing but a wording. */
  private static boolean isOwnChat(Interaction interaction) {
    Channel place = interaction.getChannel();
    if (interaction.getChannelType() == ChannelType.PRIVATE) {
      return true;
    }
    return place != null
        && interaction.getChannelType() == ChannelType.GUILD_PRIVATE_THREAD
        && FallbackThreads.customerOf(place.getName())
            .equals(Optional.of(interaction.getUser().getIdLong()));
  }

  /** Returns the language of the caller's Discord client. */
  public Locale locale() {
    return origin.profile().locale();
  }

  /** Returns the address of the caller's conversation. */
  public CustomerAddress address() {
    return origin.address();
  }

  /** Returns the origin of an event that a command causes. */
  public Origin origin(String command) {
    return new Origin(
        origin.key(),
        origin.address(),
        origin.profile(),
        origin.position(),
        origin.guild(),
        Optional.of(command));
  }

  /**
   * Returns the origin of a button press. The event key is the same for every press of one button of a message by one customer, so
   * that repeated presses count once: Discord gives each press an id of its own.
   */
  public Origin pressOf(String messageId, String action) {
    return new Origin(
        new EventKey(DiscordAddresses.SOURCE, "b" + messageId + "/" + userId + "/" + action),
        origin.address(),
        origin.profile(),
        origin.position(),
        origin.guild(),
        Optional.empty());
  }

  /** Returns the caller as a live agent. */
  public Participant asAgent() {
    return Participant.agent("discord:" + userId, displayName);
  }

  /** Omits the name. */
  @Override
  public String toString() {
    return "Caller[" + interactionId + "]";
  }
}
