package dev.relay.discord.commands;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.IntakeResult;
import dev.relay.discord.PlayerEvents;
import dev.relay.discord.player.Players;
import dev.relay.discord.player.Profiles;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.interactions.Interaction;

/** Hands in once and says it in the direct message. Thread-safe. */
final class TestPlayers implements PlayerEvents {
  private static final int CLOSED = 50007;

  private final Players players = new Players(new Profiles(Locale.ENGLISH));
  private final Intake intake;
  private final Supplier<JDA> connection;

  TestPlayers(Intake intake, Supplier<JDA> connection) {
    this.intake = intake;
    this.connection = connection;
  }

  @Override
  public Origin origin(Interaction interaction, Optional<String> command) {
    return players.origin(
        interaction.getIdLong(),
        interaction.getUser(),
        Optional.ofNullable(interaction.getMember()),
        interaction.getUserLocale().toLocale(),
        command);
  }

  @Override
  public CompletableFuture<IntakeResult> handIn(CustomerEvent event) {
    return intake.submit(event);
  }

  @Override
  public Said say(long player, Locale locale, String nonce, String text) {
    try {
      var channel = connection.get().openPrivateChannelById(player).complete();
      var unused = channel.sendMessage(text).setNonce(nonce).complete();
      return new Shown("https://discord.com/channels/@me/" + channel.getId());
    } catch (ErrorResponseException refused) {
      return refused.getErrorCode() == CLOSED
          ? new Closed()
          : new Failed("Discord answered " + refused.getErrorCode());
    }
  }
}
