package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.decimal;
import static dev.relay.app.config.setting.Parsers.duration;
import static dev.relay.app.config.setting.Parsers.integer;
import static dev.relay.app.config.setting.Parsers.list;

import dev.relay.app.config.setting.Parsers;
import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.operations.Settings;
import java.time.Duration;
import java.util.List;

/** Limits and delays of the intake and of deliveries. */
final class DeliverySection extends Section<DeliverySettings> {
  private final BotSection bot;

  final Setting<List<Duration>> backOff = setting(
      "delivery.backOff",
      list(30, duration(Duration.ZERO, Duration.ofDays(7))),
      BackOff.DEFAULT.delays(),
      "Delays between attempts to deliver. After the last one the delivery becomes a dead letter.");
  final Setting<Double> jitter = setting(
      "delivery.jitter",
      decimal(0, 1),
      BackOff.DEFAULT.jitter(),
      "Random variation of each delay as a fraction: 0.2 means ±20 %.");
  private final Setting<Integer> concurrency = setting(
      "delivery.concurrency",
      integer(1, 1000),
      Settings.defaults().concurrency(),
      "Simultaneous deliveries per channel or desk.");
  final Setting<Duration> lease = setting(
      "delivery.lease",
      duration(Duration.ofSeconds(5), Duration.ofMinutes(10)),
      Duration.ofMinutes(1),
      "Longest time for one delivery before another attempt is made. Must exceed bot.timeout.");
  final Setting<Duration> seenEvents = setting(
      "retention.seenEvents",
      duration(Duration.ofHours(1), Duration.ofDays(365)),
      Settings.defaults().seenFor(),
      "How long an event is remembered, so that a repeat is ignored. Discord is not read further back.");
  private final Setting<Integer> waitingEvents = setting(
      "limits.waitingEvents",
      integer(100, 1_000_000),
      Settings.defaults().intakeLimit(),
      "Events that may wait to be stored; more receive 503.");

  DeliverySection(BotSection bot) {
    this.bot = bot;
  }

  @Override
  public DeliverySettings read(Values values) {
    Duration longest = values.get(lease);
    if (longest.compareTo(values.get(bot.timeout)) <= 0) {
      values.conflict(
          bot.timeout,
          "",
          "must be shorter than delivery.lease, which is " + Parsers.show(longest),
          lease);
    }
    return new DeliverySettings(
        new BackOff(values.get(backOff), values.get(jitter)),
        values.get(concurrency),
        longest,
        values.get(seenEvents),
        values.get(waitingEvents));
  }
}
