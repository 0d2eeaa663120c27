package dev.relay.discord;

import dev.relay.discord.customer.CustomerChannels;
import dev.relay.discord.inbound.Inbound;
import dev.relay.discord.outbound.DeliverySender;
import dev.relay.discord.outbound.FallbackThreads;
import java.util.Optional;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.channel.ChannelType;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.RawGatewayEvent;
import net.dv8tion.jda.api.events.channel.GenericChannelEvent;
import net.dv8tion.jda.api.events.guild.GenericGuildEvent;
import net.dv8tion.jda.api.events.role.GenericRoleEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.events.session.SessionInvalidateEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * Listens to the gateway and passes customers' messages, edits and deletions on. It parses raw events, because JDA omits deletions in direct
 * messages that it has not cached. Runs on the gateway's thread and never blocks. Reactions are not requested: Relay has nowhere to show them.
 */
final class DiscordListener implements EventListener {
  private final DiscordChannel channel;
  private final DeliverySender sender;
  private final CustomerChannels channels;
  private final Optional<Long> helpChannel;

  DiscordListener(
      DiscordChannel channel,
      DeliverySender sender,
      CustomerChannels channels,
      Optional<Long> helpChannel) {
    this.channel = channel;
    this.sender = sender;
    this.channels = channels;
    this.helpChannel = helpChannel;
  }

  @Override
  public void onEvent(GenericEvent event) {
    Optional<Inbound> open = channel.inbound();
    if (open.isEmpty()) {
      return;
    }
    if (event instanceof RawGatewayEvent raw) {
      onRawEvent(raw, open.get());
    } else if (event instanceof ReadyEvent || event instanceof SessionRecreateEvent) {
      open.get().connected();
      sender.checkHelpChannel(event.getJDA());
    } else if (event instanceof SessionInvalidateEvent) {
      open.get().lost();
    } else if (event instanceof GenericChannelEvent
        || event instanceof GenericRoleEvent
        || event instanceof GenericGuildEvent) {
      sender.checkHelpChannel(event.getJDA());
    }
  }

  private void onRawEvent(RawGatewayEvent raw, Inbound open) {
    switch (raw.getType()) {
      case "MESSAGE_CREATE" -> {
        DataObject message = raw.getPayload();
        message
            .optObject("author")
            .ifPresent(author -> sender.customerWrote(author.getUnsignedLong("id")));
        open.created(message, (id, customer) -> isThreadOf(raw.getJDA(), id, customer));
      }
      case "MESSAGE_UPDATE" ->
        open.updated(raw.getPayload(), (id, customer) -> isThreadOf(raw.getJDA(), id, customer));
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
      case "TYPING_START" -> typing(raw, open);
      case "THREAD_UPDATE" -> threadChanged(raw.getPayload());
      default -> {
        // JDA handles all other events.
      }
    }
  }

  /** Handles a thread that a moderator has locked: the customer cannot write there, so the chat continues elsewhere. */
  private void threadChanged(DataObject thread) {
    if (thread
        .optObject("thread_metadata")
        .filter(it -> it.getBoolean("locked"))
        .isPresent()) {
      channels.customerOf(thread.getUnsignedLong("id")).ifPresent(channels::forget);
    }
  }

  /** Passes on that somebody types in a direct message or in their own thread; everywhere else it is nobody's business. */
  private void typing(RawGatewayEvent raw, Inbound open) {
    DataObject payload = raw.getPayload();
    long customer = payload.getUnsignedLong("user_id");
    if (payload.isNull("guild_id")
        || isThreadOf(raw.getJDA(), payload.getUnsignedLong("channel_id"), customer)) {
      open.typing(customer);
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
   * Checks whether a thread belongs to a customer: its name ends with the customer's id, it is private, it is in the help channel, and the
   * bot created it. The name alone proves nothing, because any member may start a thread of any name.
   */
  private boolean isThreadOf(JDA jda, long id, long customer) {
    if (helpChannel.isEmpty()) {
      return false;
    }
    if (channels.customerOf(id).equals(Optional.of(customer))) {
      return true;
    }
    ThreadChannel thread = jda.getThreadChannelById(id);
    return thread != null
        && thread.getType() == ChannelType.GUILD_PRIVATE_THREAD
        && thread.getOwnerIdLong() == jda.getSelfUser().getIdLong()
        && thread.getParentChannel().getIdLong() == helpChannel.get()
        && FallbackThreads.customerOf(thread.getName()).equals(Optional.of(customer));
  }
}
