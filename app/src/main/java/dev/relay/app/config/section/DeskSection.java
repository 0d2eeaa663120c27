package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.duration;
import static dev.relay.app.config.setting.Parsers.list;
import static dev.relay.app.config.setting.Parsers.oneOf;

import dev.relay.app.config.DeskSettings;
import dev.relay.app.config.DeskSettings.Desk;
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
      oneOf(Desk.class),
      "flex with Twilio, else relay",
      "Agent desk of the queues that name none: Relay's own, or Twilio Flex.");
  private final Setting<Optional<Fallback>> fallback = optional(
      "desk.fallback",
      oneOf(Fallback.class),
      "relay if desk.default is flex, else none",
      "The desk that takes over when a queue's own desk refuses or cannot be reached.");
  private final Setting<List<Duration>> backOff = setting(
      "desk.backOff",
      list(30, duration(Duration.ZERO, Duration.ofHours(1))),
      List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15)),
      "Delays between attempts to reach a desk. After the last one it counts as unreachable.");

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
    if (chosenFallback.equals(Optional.of(Fallback.FLEX))) {
      values.require(fallback, twilio.accountSid);
    }
    Desk first = chosen.orElse(values.isSet(twilio.accountSid) ? Desk.FLEX : Desk.RELAY);
    Fallback usual = first == Desk.FLEX ? Fallback.RELAY : Fallback.NONE;
    return new DeskSettings(
        first,
        chosenFallback.orElse(usual).desk(),
        new BackOff(values.get(backOff), values.get(delivery.jitter)));
  }

  /** The allowed values of the fallback. */
  private enum Fallback {
    RELAY,
    FLEX,
    NONE;

    Optional<Desk> desk() {
      return this == NONE ? Optional.empty() : Optional.of(Desk.valueOf(name()));
    }
  }
}
