package dev.relay.discord;

import dev.relay.discord.inbound.Inbound;
import dev.relay.discord.outbound.FallbackThreads;
import dev.relay.discord.outbound.Sender;
import dev.relay.discord.player.Places;
import java.util.Optional;
import java.util.function.Supplier;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.channel.ChannelType;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.RawGatewayEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.events.session.SessionInvalidateEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * Listens to the gateway and passes on what players write. Reads the events as Discord sent them, because JDA leaves out the
 * deletions in direct messages that it has not cached. Runs on the gateway's thread and never blocks. Reactions and typing are not
 * asked for: Relay has nowhere to show them.
 */
final class DiscordListener implements EventListener {
  private final Supplier<Optional<Inbound>> inbound;
  private final Sender sender;
  private final Places places;
  private final Optional<Long> helpChannel;

  DiscordListener(
      Supplier<Optional<Inbound>> inbound,
      Sender sender,
      Places places,
      Optional<Long> helpChannel) {
    this.inbound = inbound;
    this.sender = sender;
    this.places = places;
    this.helpChannel = helpChannel;
  }

  @Override
  public void onEvent(GenericEvent event) {
    Optional<Inbound> open = inbound.get();
    if (open.isEmpty()) {
      return;
    }
    if (event instanceof RawGatewayEvent raw) {
      heard(raw, open.get());
    } else if (event instanceof ReadyEvent || event instanceof SessionRecreateEvent) {
      open.get().connected();
    } else if (event instanceof SessionInvalidateEvent) {
      open.get().lost();
    }
  }

  private void heard(RawGatewayEvent raw, Inbound open) {
    switch (raw.getType()) {
      case "MESSAGE_CREATE" -> {
        DataObject message = raw.getPayload();
        if (message.isNull("guild_id")) {
          message
              .optObject("author")
              .ifPresent(author -> sender.playerWrote(author.getUnsignedLong("id")));
        }
        open.created(message, (channel, player) -> isPlace(raw.getJDA(), channel, player));
      }
      case "MESSAGE_UPDATE" ->
        open.updated(raw.getPayload(), (channel, player) -> isPlace(raw.getJDA(), channel, player));
      case "MESSAGE_DELETE" -> {
        DataObject deleted = raw.getPayload();
        deleted(deleted, deleted.getUnsignedLong("id"), open);
      }
      case "MESSAGE_DELETE_BULK" -> {
        DataArray ids = raw.getPayload().optArray("ids").orElseGet(DataArray::empty);
        for (int i = 0; i < ids.length(); i++) {
          deleted(raw.getPayload(), ids.getUnsignedLong(i), open);
        }
      }
      default -> {
        // The rest is JDA's.
      }
    }
  }

  private void deleted(DataObject payload, long message, Inbound open) {
    Optional<Long> guild = payload.isNull("guild_id")
        ? Optional.empty()
        : Optional.of(payload.getUnsignedLong("guild_id"));
    if (!sender.hasSent(message)) {
      open.deleted(payload.getUnsignedLong("channel_id"), message, guild);
    }
  }

  /**
   * A thread of Relay's is known by its player's number in the name, and believed where it is private, the bot's own and in the help
   * channel: any member may begin a thread of any name.
   */
  private boolean isPlace(JDA jda, long channel, long player) {
    if (helpChannel.isEmpty()) {
      return false;
    }
    if (places.playerIn(channel).equals(Optional.of(player))) {
      return true;
    }
    ThreadChannel thread = jda.getThreadChannelById(channel);
    return thread != null
        && thread.getType() == ChannelType.GUILD_PRIVATE_THREAD
        && thread.getOwnerIdLong() == jda.getSelfUser().getIdLong()
        && thread.getParentChannel().getIdLong() == helpChannel.get()
        && FallbackThreads.playerIn(thread.getName()).equals(Optional.of(player));
  }
}
