package dev.relay.discord;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.intake.IntakeResult;
import dev.relay.discord.customer.CustomerChannels;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.customer.InteractionOrigins;
import dev.relay.discord.extension.CustomerAccess;
import dev.relay.discord.outbound.CustomerUnreachable;
import dev.relay.discord.outbound.DeliverySender;
import dev.relay.discord.outbound.DeliverySender.Spoken;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.OutgoingMessage;
import dev.relay.discord.rest.RestFailure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.dv8tion.jda.api.interactions.Interaction;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/** The way of extensions to customers through the channel. Thread-safe. */
final class ChannelCustomerAccess implements CustomerAccess {
  private static final String ADDRESS = "https://discord.com/channels/";

  private final DiscordChannel channel;
  private final InteractionOrigins origins;
  private final CustomerChannels channels;
  private final DeliverySender sender;
  private final DiscordRest rest;

  ChannelCustomerAccess(
      DiscordChannel channel,
      InteractionOrigins origins,
      CustomerChannels channels,
      DeliverySender sender,
      DiscordRest rest) {
    this.channel = channel;
    this.origins = origins;
    this.channels = channels;
    this.sender = sender;
    this.rest = rest;
  }

  @Override
  public Origin origin(Interaction interaction, Optional<String> command) {
    return origins.of(interaction, command, channels.of(interaction.getUser().getIdLong()));
  }

  @Override
  public CompletableFuture<IntakeResult> submit(CustomerEvent event) {
    DiscordAddresses.at(event.origin().address()).ifPresent(sender::customerWrote);
    return channel
        .inbound()
        .map(open -> open.submit(event))
        .orElseGet(() -> CompletableFuture.completedFuture(
            new IntakeResult.Unavailable("the Discord channel is not started")));
  }

  @Override
  public Said say(long customer, Locale locale, String nonce, String text) {
    OutgoingMessage message =
        new OutgoingMessage(nonce, text, DataArray.empty(), Optional.empty(), List.of());
    boolean isUnknown = channels.of(customer).isEmpty();
    try {
      Spoken spoken = sender.say(customer, locale, message);
      if (spoken instanceof Spoken.Nowhere nowhere) {
        return new Closed(noThread(nowhere.why()));
      }
      Spoken.In sent = (Spoken.In) spoken;
      if (isUnknown) {
        channel
            .inbound()
            .ifPresent(open ->
                sent.message().ifPresent(said -> open.discovered(customer, sent.channel(), said)));
      }
      return new Shown(link(sent.channel()));
    } catch (RestFailure failure) {
      return new Failed(failure.reason());
    }
  }

  private static NoThread noThread(CustomerUnreachable.Why why) {
    return switch (why) {
      case NO_HELP_CHANNEL -> NoThread.NO_HELP_CHANNEL;
      case TOO_MANY_THREADS -> NoThread.TOO_MANY_THREADS;
      case NO_PERMISSION -> NoThread.NO_PERMISSION;
      case HELP_CHANNEL_GONE -> NoThread.HELP_CHANNEL_GONE;
      case NOT_A_MEMBER -> NoThread.NOT_A_MEMBER;
      case REFUSED -> NoThread.REFUSED;
    };
  }

  private String link(long sentTo) throws RestFailure {
    DataObject described = rest.channel(sentTo);
    String guild = described.getString("guild_id", "@me");
    return ADDRESS + guild + "/" + sentTo;
  }
}
