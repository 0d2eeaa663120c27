package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.document;
import static dev.relay.app.config.setting.Parsers.duration;
import static dev.relay.app.config.setting.Parsers.list;

import dev.relay.app.config.setting.Parsers;
import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import dev.relay.discord.FeedSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The feeds whose items are announced. */
final class FeedSection extends Section<FeedSettings> {
  private final DiscordSection discord;
  private final DeliverySection delivery;

  private final Setting<List<URI>> addresses = setting(
      "feeds.addresses",
      list(50, document()),
      List.of(),
      "RSS or Atom feeds whose items are announced, each once. Requires discord.announcementChannel.");
  private final Setting<Duration> every = setting(
      "feeds.every",
      duration(Duration.ofSeconds(1), Duration.ofDays(1)),
      FeedSettings.DEFAULT_EVERY,
      "Pause between two checks of a feed.");
  private final Setting<Duration> maxAge = setting(
      "feeds.maxAge",
      duration(Duration.ofHours(1), Duration.ofDays(30)),
      FeedSettings.DEFAULT_MAX_AGE,
      "Age up to which items are still announced. Must be shorter than retention.seenEvents.");

  FeedSection(DiscordSection discord, DeliverySection delivery) {
    this.discord = discord;
    this.delivery = delivery;
  }

  @Override
  public FeedSettings read(Values values) {
    values.require(addresses, discord.announcementChannel);
    Duration oldest = values.get(maxAge);
    Duration seenFor = values.get(delivery.seenEvents);
    if (oldest.compareTo(seenFor) >= 0) {
      values.conflict(
          maxAge,
          Parsers.show(oldest),
          "must be shorter than retention.seenEvents, which is " + Parsers.show(seenFor)
              + ", or an item could be announced twice",
          delivery.seenEvents);
    }
    return new FeedSettings(values.get(addresses), values.get(every), oldest);
  }
}
