package dev.relay.discord.outbound;

import dev.relay.core.channel.Announcer;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.delivery.PortId;
import dev.relay.core.message.Topic;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.OutgoingMessage;
import dev.relay.discord.rest.RestFailure;
import dev.relay.discord.text.Markdown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes announcements as cards (embeds) in Discord channels, one for each topic; in an announcement channel they are passed on
 * to the servers that follow it. Thread-safe; blocks.
 */
public final class DiscordAnnouncer implements Announcer {
  /** The announcer's id. */
  public static final PortId ID = new PortId("discord-announcements");

  private static final Logger LOG = LoggerFactory.getLogger(DiscordAnnouncer.class);
  private static final int ANNOUNCEMENT_CHANNEL = 5;
  private static final int IS_CROSSPOSTED = 1;

  private final DiscordRest rest;
  private final Map<Topic, Long> channels;
  private final LongSupplier self;

  /** In these channels; as the bot of that id. */
  public DiscordAnnouncer(DiscordRest rest, Map<Topic, Long> channels, LongSupplier self) {
    this.rest = rest;
    this.channels = Map.copyOf(channels);
    this.self = self;
  }

  @Override
  public PortId id() {
    return ID;
  }

  @Override
  public Set<Topic> topics() {
    return channels.keySet();
  }

  @Override
  public DeliveryResult publish(Announcement announcement) {
    Long channel = channels.get(announcement.topic());
    if (channel == null) {
      return new DeliveryResult.Rejected("no channel is configured for " + announcement.topic());
    }
    OutgoingMessage message = new OutgoingMessage(
        announcement.id().value(),
        "",
        DataArray.empty(),
        Optional.of(card(announcement)),
        List.of());
    try {
      long id = rest.send(channel, message);
      passOn(channel, id);
      return DeliveryResult.delivered(channel + "/" + id);
    } catch (RestFailure failure) {
      return Results.of(failure);
    }
  }

  @Override
  public LookUp lookUp(Announcement announcement) {
    Long channel = channels.get(announcement.topic());
    if (channel == null) {
      return new LookUp.NotFound();
    }
    try {
      for (DataObject message : rest.before(channel, Long.MAX_VALUE)) {
        if (isSame(message, announcement)) {
          long id = message.getUnsignedLong("id");
          if ((message.getInt("flags", 0) & IS_CROSSPOSTED) == 0) {
            passOn(channel, id);
          }
          return new LookUp.Found(Optional.of(channel + "/" + id));
        }
      }
      return new LookUp.NotFound();
    } catch (RestFailure failure) {
      return Results.lookUp(failure);
    }
  }

  private static DataObject card(Announcement announcement) {
    DataObject card = DataObject.empty().put("title", Markdown.clean(announcement.title()));
    if (!announcement.text().isBlank()) {
      card.put("description", Markdown.clean(announcement.text()));
    }
    announcement.url().ifPresent(url -> card.put("url", url));
    return card;
  }

  private boolean isSame(DataObject message, Announcement announcement) {
    boolean isOwn = message
        .optObject("author")
        .filter(author -> author.getUnsignedLong("id") == self.getAsLong())
        .isPresent();
    String nonce = message.getString("nonce", "");
    if (!isOwn || !nonce.isEmpty()) {
      return isOwn && nonce.equals(announcement.id().value());
    }
    DataObject expected = card(announcement);
    return message
        .optArray("embeds")
        .filter(embeds -> embeds.length() == 1)
        .map(embeds -> embeds.getObject(0))
        .filter(embed -> isSame(embed, expected, "title") && isSame(embed, expected, "description"))
        .isPresent();
  }

  private static boolean isSame(DataObject one, DataObject other, String key) {
    return one.getString(key, "").strip().equals(other.getString(key, "").strip());
  }

  /** The announcement stands there; that it is not passed on (Discord allows ten an hour) does not make it fail. */
  private void passOn(long channel, long message) {
    try {
      if (rest.channel(channel).getInt("type", 0) == ANNOUNCEMENT_CHANNEL) {
        rest.crosspost(channel, message);
      }
    } catch (RestFailure failure) {
      LOG.info("Announcement {} was not passed on: {}", message, failure.reason());
    }
  }
}
