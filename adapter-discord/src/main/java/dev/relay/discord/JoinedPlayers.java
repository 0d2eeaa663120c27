package dev.relay.discord;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.intake.IntakeResult;
import dev.relay.discord.inbound.Inbound;
import dev.relay.discord.outbound.Sender;
import dev.relay.discord.player.Places;
import dev.relay.discord.player.Players;
import dev.relay.discord.player.Position;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.OutgoingMessage;
import dev.relay.discord.rest.RestFailure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import net.dv8tion.jda.api.interactions.Interaction;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/** Joins extensions to the channel. Thread-safe. */
final class JoinedPlayers implements PlayerEvents {
  private static final String ADDRESS = "https://discord.com/channels/";

  private final Supplier<Optional<Inbound>> inbound;
  private final Players players;
  private final Places places;
  private final Sender sender;
  private final DiscordRest rest;

  JoinedPlayers(
      Supplier<Optional<Inbound>> inbound,
      Players players,
      Places places,
      Sender sender,
      DiscordRest rest) {
    this.inbound = inbound;
    this.players = players;
    this.places = places;
    this.sender = sender;
    this.rest = rest;
  }

  @Override
  public Origin origin(Interaction interaction, Optional<String> command) {
    long player = interaction.getUser().getIdLong();
    Origin origin = players.origin(
        interaction.getIdLong(),
        interaction.getUser(),
        Optional.ofNullable(interaction.getMember()),
        interaction.getUserLocale().toLocale(),
        command);
    return new Origin(
        origin.key(),
        origin.address(),
        origin.profile(),
        places.of(player).map(Position::toString),
        origin.guild(),
        origin.command());
  }

  @Override
  public CompletableFuture<IntakeResult> handIn(CustomerEvent event) {
    return inbound
        .get()
        .map(open -> open.handIn(event))
        .orElseGet(() -> CompletableFuture.completedFuture(
            new IntakeResult.Unavailable("the Discord channel is not started")));
  }

  @Override
  public Said say(long player, Locale locale, String nonce, String text) {
    OutgoingMessage message =
        new OutgoingMessage(nonce, text, DataArray.empty(), Optional.empty(), List.of());
    try {
      Optional<Long> channel = sender.say(player, locale, message);
      return channel.isPresent() ? new Shown(link(channel.get())) : new Closed();
    } catch (RestFailure failure) {
      return new Failed(failure.reason());
    }
  }

  private String link(long channel) throws RestFailure {
    DataObject described = rest.channel(channel);
    String guild = described.getString("guild_id", "@me");
    return ADDRESS + guild + "/" + channel;
  }
}
