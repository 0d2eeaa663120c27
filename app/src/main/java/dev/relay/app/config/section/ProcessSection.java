package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.duration;
import static dev.relay.app.config.setting.Parsers.oneOf;

import dev.relay.app.config.LogLevel;
import dev.relay.app.config.ProcessSettings;
import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import java.time.Duration;

/** The stop and the log of the process. */
final class ProcessSection extends Section<ProcessSettings> {
  private final Setting<Duration> stopGrace = setting(
      "stopGrace",
      duration(Duration.ZERO, Duration.ofMinutes(5)),
      Duration.ofSeconds(20),
      "Longest wait at a stop for all requests and deliveries under way.");
  private final Setting<LogLevel> logLevel = setting(
      "log.level",
      oneOf(LogLevel.class),
      LogLevel.INFO,
      "Detail of the log (standard error). Messages of customers and agents are never logged.");

  @Override
  public ProcessSettings read(Values values) {
    return new ProcessSettings(values.get(stopGrace), values.get(logLevel));
  }
}
