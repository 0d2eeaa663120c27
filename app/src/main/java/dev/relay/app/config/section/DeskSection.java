package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.duration;
import static dev.relay.app.config.setting.Parsers.list;

import dev.relay.app.config.DeskSettings;
import dev.relay.app.config.DeskSettings.Desk;
import dev.relay.app.config.section.DeskParser.Fallback;
import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import dev.relay.core.delivery.BackOff;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The choice of agent desks. */
final class DeskSection extends Section<DeskSettings> {
  private final TwilioSection twilio;
  private final DeliverySection delivery;

  private final Setting<Optional<Desk>> standard = optional(
      "desk.default",
      DeskParser.desk(),
      "flex with Twilio, else relay",
      "Agent desk of the queues that name none: Relay's own, Twilio Flex, or a plug-in's.");
  private final Setting<Optional<Fallback>> fallback = optional(
      "desk.fallback",
      DeskParser.fallback(),
      "none if desk.default is relay, else relay",
      "The desk that takes over when a queue's own desk refuses or cannot be reached.");
  private final Setting<List<Duration>> backOff = setting(
      "desk.backOff",
      list(30, duration(Duration.ZERO, Duration.ofHours(1))),
      List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15)),
      "Delays between attempts to reach a desk. After the last one it counts as unreachable.");

  private final Setting<Duration> outage = setting(
      "desk.outage",
      duration(Duration.ofSeconds(1), Duration.ofDays(1)),
      Duration.ofSeconds(20),
      "How long a desk may fail everybody before customers who wait for it are passed on.");

  private final Setting<Optional<Duration>> releaseAbsentAfter = optional(
      "desk.releaseAbsentAfter",
      duration(Duration.ofMinutes(1), Duration.ofDays(7)),
      "never",
      "How long an agent of Relay's own desk may be offline until their conversations wait again.");

  DeskSection(TwilioSection twilio, DeliverySection delivery) {
    this.twilio = twilio;
    this.delivery = delivery;
  }

  @Override
  public DeskSettings read(Values values) {
    Optional<Desk> chosen = values.get(standard);
    Optional<Fallback> chosenFallback = values.get(fallback);
    if (chosen.equals(Optional.of(Desk.FLEX))) {
      values.require(standard, twilio.accountSid);
    }
    if (chosenFallback.flatMap(Fallback::desk).equals(Optional.of(Desk.FLEX))) {
      values.require(fallback, twilio.accountSid);
    }
    Desk first = chosen.orElse(values.isSet(twilio.accountSid) ? Desk.FLEX : Desk.RELAY);
    Optional<Desk> usual = first.equals(Desk.RELAY) ? Optional.empty() : Optional.of(Desk.RELAY);
    return new DeskSettings(
        first,
        chosenFallback.map(Fallback::desk).orElse(usual),
        new BackOff(values.get(backOff), values.get(delivery.jitter)),
        values.get(outage),
        values.get(releaseAbsentAfter));
  }
}
