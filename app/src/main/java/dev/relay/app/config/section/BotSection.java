package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.decimal;
import static dev.relay.app.config.setting.Parsers.duration;
import static dev.relay.app.config.setting.Parsers.integer;
import static dev.relay.app.config.setting.Parsers.text;
import static dev.relay.app.config.setting.Parsers.webAddress;

import dev.relay.app.config.BotSettings;
import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import dev.relay.core.virtualagent.FaqAgent.FaqOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The virtual agent. */
final class BotSection extends Section<BotSettings> {
  private final Setting<Optional<URI>> url = optional(
      "bot.url",
      webAddress("https", "http"),
      "Remote virtual agent (Rasa REST format) that replaces the built-in one.");
  final Setting<Duration> timeout = setting(
      "bot.timeout",
      duration(Duration.ofSeconds(1), Duration.ofMinutes(1)),
      Duration.ofSeconds(10),
      "Longest wait for an answer of the remote virtual agent.");
  private final Setting<String> name = setting(
      "bot.name", text(80), "Assistant", "Name of the remote virtual agent as customers see it.");
  final Setting<Duration> pause = setting(
      "bot.pause",
      duration(Duration.ZERO, Duration.ofSeconds(10)),
      Duration.ofMillis(1_500),
      "Silence of the customer before the answer, which covers all messages before it. 0s: none.");
  private final Setting<Double> threshold = setting(
      "bot.threshold",
      decimal(0, 1),
      FaqOptions.DEFAULT_THRESHOLD,
      "Lowest confidence at which the built-in virtual agent shows articles."
          + " `relay knowledge calibrate` finds yours.");
  private final Setting<Integer> articles = setting(
      "bot.articles",
      integer(1, 3),
      FaqOptions.defaults().articles(),
      "Most articles that the built-in virtual agent shows at once.");

  @Override
  public BotSettings read(Values values) {
    return new BotSettings(
        values.get(url),
        values.get(timeout),
        values.get(name),
        values.get(pause),
        values.get(threshold),
        values.get(articles));
  }
}
