package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.duration;

import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import dev.relay.core.cases.CasePolicy;
import java.time.Duration;

/** The periods after which cases change. */
final class CaseSection extends Section<CasePolicy> {
  private static final Duration YEAR = Duration.ofDays(365);

  private final Setting<Duration> reopenWindow = setting(
      "cases.reopenWindow",
      duration(Duration.ofSeconds(1), YEAR),
      CasePolicy.DEFAULT.reopenWindow(),
      "Period in which a solved case is reopened if its customer returns. Afterwards it closes.");
  private final Setting<Duration> reminderAfter = setting(
      "cases.reminderAfter",
      duration(Duration.ZERO, YEAR),
      CasePolicy.DEFAULT.reminderAfter(),
      "Time that a case is pending before its customer is reminded. 0s: never.");

  @Override
  public CasePolicy read(Values values) {
    return new CasePolicy(values.get(reopenWindow), values.get(reminderAfter));
  }
}
