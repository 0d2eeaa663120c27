package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.duration;
import static dev.relay.app.config.setting.Parsers.list;
import static dev.relay.app.config.setting.Parsers.oneOf;

import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import dev.relay.core.cases.CasePolicy;
import dev.relay.core.message.NoticeKind;
import java.time.Duration;
import java.util.List;

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

  final Setting<List<CaseNotice>> notices = setting(
      "cases.notices",
      list(CaseNotice.values().length, oneOf(CaseNotice.class)),
      List.of(CaseNotice.values()),
      "Changes of a case's status of which its customer is notified; an empty list: none.");

  /** The changes of a case's status of which its customer can be notified. */
  enum CaseNotice {
    PENDING(NoticeKind.CASE_PENDING),
    SOLVED(NoticeKind.CASE_SOLVED),
    REOPENED(NoticeKind.CASE_REOPENED),
    MERGED(NoticeKind.CASE_MERGED);

    private final NoticeKind kind;

    CaseNotice(NoticeKind kind) {
      this.kind = kind;
    }

    NoticeKind kind() {
      return kind;
    }
  }

  @Override
  public CasePolicy read(Values values) {
    return new CasePolicy(values.get(reopenWindow), values.get(reminderAfter));
  }
}
