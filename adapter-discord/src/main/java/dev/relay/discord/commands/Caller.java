package dev.relay.discord.commands;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.EventKey;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.Participant;
import dev.relay.discord.PlayerEvents;
import dev.relay.discord.player.Players;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.interactions.Interaction;

/**
 * Who uses a command, a form or a button. Thread-safe.
 *
 * @param interactionId Discord's id of this use
 * @param userId their id
 * @param displayName what they are called there, untrusted
 * @param origin this use as the origin of an event
 * @param players through which events of theirs are handed in
 */
record Caller(
    String interactionId, long userId, String displayName, Origin origin, PlayerEvents players) {

  static Caller of(Interaction interaction, PlayerEvents players) {
    Member member = interaction.getMember();
    return new Caller(
        interaction.getId(),
        interaction.getUser().getIdLong(),
        member == null ? interaction.getUser().getEffectiveName() : member.getEffectiveName(),
        players.origin(interaction, Optional.empty()),
        players);
  }

  /** The language of their Discord. */
  Locale locale() {
    return origin.profile().locale();
  }

  /** Where their conversation is. */
  CustomerAddress address() {
    return origin.address();
  }

  /** This use as the origin of an event, by that command. */
  Origin origin(String command) {
    return new Origin(
        origin.key(),
        origin.address(),
        origin.profile(),
        origin.position(),
        origin.guild(),
        Optional.of(command));
  }

  /**
   * The press of a button as the origin of an event that counts once for each message and player, however often and fast they press:
   * Discord gives each press an id of its own.
   */
  Origin pressOf(String messageId, String action) {
    return new Origin(
        new EventKey(Players.SOURCE, "b" + messageId + "/" + userId + "/" + action),
        origin.address(),
        origin.profile(),
        origin.position(),
        origin.guild(),
        Optional.empty());
  }

  /** Hands in what they did, after what they did before. Does not block. */
  CompletableFuture<IntakeResult> handIn(CustomerEvent event) {
    return players.handIn(event);
  }

  /** Says something to them where they are served. Blocks some seconds at the most. */
  PlayerEvents.Said say(String text) {
    return players.say(userId, locale(), "h" + interactionId, text);
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
