package dev.relay.discord.outbound;

import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.channel.Announcer;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.PortId;
import dev.relay.core.message.Topic;
import dev.relay.core.text.Cut;
import dev.relay.core.text.Wording;
import dev.relay.discord.customer.LruCache;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.OutgoingMessage;
import dev.relay.discord.rest.RefusalScope;
import dev.relay.discord.rest.RestFailure;
import dev.relay.discord.text.Markdown;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes announcements as cards (embeds) in Discord channels, one per topic. In an announcement channel, they are also published in the
 * servers that follow it. Customers' text is shown literally: no formatting, no mentions, no hidden links. Thread-safe; blocks for at most
 * 50 seconds.
 */
public final class DiscordAnnouncer implements Announcer {
  /** The id of the announcer. */
  public static final PortId ID = new PortId("discord-announcements");

  private static final Logger LOG = LoggerFactory.getLogger(DiscordAnnouncer.class);
  private static final int ANNOUNCEMENT_CHANNEL = 5;
  private static final int IS_CROSSPOSTED = 1;

  private static final Duration LONGEST = Duration.ofSeconds(45);
  /** The largest age of an announcement in doubt, because it has been retried since. */
  private static final Duration OLDEST = Duration.ofDays(7);

  private static final int MOST_PAGES = 5;
  private static final int LONGEST_TITLE = 256;
  private static final int LONGEST_TEXT = 4_096;
  private static final int REMEMBERED = 10_000;
  private static final int BLUE = 0x3498DB;
  private static final int AMBER = 0xF1C40F;
  private static final int GREEN = 0x2ECC71;

  private final DiscordRest rest;
  private final Map<Topic, Long> channels;
  private final InstantSource clock;
  private final Wording texts;
  private final Locale locale;
  private final Map<Topic, String> problems = new ConcurrentHashMap<>();
  private final LruCache<Long, DeliveryId> published = new LruCache<>(REMEMBERED);

  /**
   * Creates an announcer for these channels.
   *
   * @param texts the words for the state of a case
   * @param locale the language of the cards
   */
  public DiscordAnnouncer(
      DiscordRest rest,
      Map<Topic, Long> channels,
      InstantSource clock,
      Wording texts,
      Locale locale) {
    this.rest = rest;
    this.channels = Map.copyOf(channels);
    this.clock = clock;
    this.texts = texts;
    this.locale = locale;
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
    return rest.within(LONGEST, () -> publish(channel, message, announcement));
  }

  @Override
  public DeliveryResult update(Announcement card, String externalId) {
    String[] place = externalId.split("/", -1);
    if (place.length != 2) {
      return new DeliveryResult.Rejected("the card has no place in Discord");
    }
    return rest.within(LONGEST, () -> {
      try {
        rest.editCard(
            Long.parseUnsignedLong(place[0]), Long.parseUnsignedLong(place[1]), card(card));
        return DeliveryResult.delivered();
      } catch (RestFailure failure) {
        if (failure.code() == RestFailure.UNKNOWN_MESSAGE
            || failure.code() == RestFailure.UNKNOWN_CHANNEL) {
          // Somebody has deleted the card: there is nothing left to change.
          return DeliveryResult.delivered();
        }
        return failure.kind() == RestFailure.Kind.REFUSED
            ? new DeliveryResult.Rejected(failure.reason())
            : Results.of(failure);
      }
    });
  }

  @Override
  public Health health() {
    return problems.isEmpty()
        ? Health.up()
        : Health.down(problems.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getKey() + " cannot be published in channel "
                    + channels.get(each.getKey()) + ": " + each.getValue())
                .collect(Collectors.joining("; "))
            + "; correct the channel or the bot's permissions there, then retry the delivery");
  }

  @Override
  public LookUp lookUp(Announcement announcement) {
    Long channel = channels.get(announcement.topic());
    if (channel == null) {
      return new LookUp.NotFound();
    }
    return rest.within(LONGEST, () -> lookUp(channel, announcement));
  }

  private DeliveryResult publish(long channel, OutgoingMessage message, Announcement announcement) {
    try {
      long id = rest.send(channel, message);
      published.put(id, announcement.id());
      problems.remove(announcement.topic());
      crosspost(channel, id);
      return DeliveryResult.delivered(channel + "/" + id);
    } catch (RestFailure failure) {
      if (failure.scope() == RefusalScope.PLACE) {
        problems.put(announcement.topic(), failure.reason());
      }
      return Results.of(failure);
    }
  }

  private LookUp lookUp(long channel, Announcement announcement) {
    long oldest = DeliverySearch.snowflake(clock.instant().minus(OLDEST));
    long before = Long.MAX_VALUE;
    Optional<DataObject> sameText = Optional.empty();
    try {
      for (int pages = 0; pages < MOST_PAGES; pages++) {
        List<DataObject> page = rest.before(channel, before);
        for (DataObject message : page) {
          if (hasNonce(message, announcement)) {
            return found(channel, message);
          }
          if (hasText(message, announcement)) {
            sameText = Optional.of(message);
          }
        }
        if (page.size() < DiscordRest.PAGE || page.get(0).getUnsignedLong("id") < oldest) {
          return sameText.isPresent() ? found(channel, sameText.get()) : new LookUp.NotFound();
        }
        before = page.get(0).getUnsignedLong("id");
      }
    } catch (RestFailure failure) {
      return Results.lookUp(failure);
    }
    return sameText.isPresent()
        ? found(channel, sameText.get())
        : new LookUp.CannotTell("too many messages were posted in the channel since");
  }

  private LookUp found(long channel, DataObject message) {
    long id = message.getUnsignedLong("id");
    if ((message.getInt("flags", 0) & IS_CROSSPOSTED) == 0) {
      crosspost(channel, id);
    }
    return new LookUp.Found(Optional.of(channel + "/" + id));
  }

  private DataObject card(Announcement announcement) {
    boolean isStaffs = announcement.topic() == Topic.NEWS;
    String title = Markdown.clean(announcement.title());
    String text = Markdown.clean(announcement.text());
    DataObject card = DataObject.empty()
        .put(
            "title",
            // Markdown headings have no effect in a title, and a case's begins with its number.
            Cut.withEllipsis(
                isStaffs ? title : Markdown.escaped(title).replace("\\#", "#"), LONGEST_TITLE));
    if (!announcement.text().isBlank()) {
      card.put(
          "description", Cut.withEllipsis(isStaffs ? text : Markdown.escaped(text), LONGEST_TEXT));
    }
    announcement.url().ifPresent(url -> card.put("url", url));
    announcement
        .supportCase()
        .ifPresent(shown -> card.put("footer", DataObject.empty().put("text", state(shown)))
            .put("color", colour(shown)));
    return card;
  }

  /** Returns the state of a case in one line. The assignee is named as customers see them. */
  private String state(SupportCase shown) {
    String status = shown
        .merge()
        .map(merge ->
            texts.get(locale, "card.status.MERGED", "case", merge.into().toString()))
        .orElseGet(() -> texts.get(locale, "card.status." + shown.status().name()));
    String priority = texts.get(locale, "card.priority." + shown.priority().name());
    String line = shown.priority() == CasePriority.NORMAL ? status : status + " · " + priority;
    return shown
        .assignee()
        .filter(agent -> !agent.isUnnamedAgent())
        .map(agent -> line + " · " + Markdown.clean(agent.displayName()))
        .orElse(line);
  }

  private static int colour(SupportCase shown) {
    return switch (shown.status()) {
      case NEW -> BLUE;
      case OPEN, PENDING -> AMBER;
      case SOLVED, CLOSED, MERGED -> GREEN;
    };
  }

  private boolean isOwn(DataObject message) {
    return message
        .optObject("author")
        .filter(author -> author.getUnsignedLong("id") == rest.selfId())
        .isPresent();
  }

  private boolean hasNonce(DataObject message, Announcement announcement) {
    return isOwn(message)
        && message.getString("nonce", "").equals(announcement.id().value());
  }

  /** Checks whether a message without a nonce shows the announcement and is not known to be another one of the same text. */
  private boolean hasText(DataObject message, Announcement announcement) {
    boolean isAnothers = published
        .get(message.getUnsignedLong("id"))
        .filter(delivery -> !delivery.equals(announcement.id()))
        .isPresent();
    if (!isOwn(message) || isAnothers || !message.getString("nonce", "").isEmpty()) {
      return false;
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

  /** Publishes the announcement in following servers, without waiting; a failure does not make the announcement fail. */
  private void crosspost(long channel, long message) {
    try {
      if (rest.channel(channel).getInt("type", 0) == ANNOUNCEMENT_CHANNEL) {
        rest.crosspost(channel, message, failure -> reportCrosspost(message, failure));
      }
    } catch (RestFailure failure) {
      reportCrosspost(message, failure);
    }
  }

  private static void reportCrosspost(long message, RestFailure failure) {
    LOG.info(
        "Announcement {} was not published in following servers: {}", message, failure.reason());
  }
}
