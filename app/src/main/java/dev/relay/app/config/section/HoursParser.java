package dev.relay.app.config.section;

import dev.relay.app.config.setting.Faults;
import dev.relay.app.config.setting.Group;
import dev.relay.app.config.setting.Parser;
import dev.relay.app.config.setting.Parsers;
import dev.relay.app.config.setting.Value;
import dev.relay.core.routing.BusinessHours;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses business hours: {@code {zone: Europe/Madrid, monday-friday: 09:00-18:00, saturday: [10:00-12:00, 13:00-15:00]}}. */
final class HoursParser implements Parser<BusinessHours> {
  private static final Pattern SPAN = Pattern.compile("(\\d{2}:\\d{2})\\s*-\\s*(\\d{2}:\\d{2})");
  private static final Parser<ZoneId> ZONE =
      Parsers.plain("a time zone such as Europe/Madrid or UTC", HoursParser::parseZone);
  private static final Parser<BusinessHours.Span> ONE_SPAN = Parsers.plain(
      "a span such as 09:00-18:00, which ends after it begins (a day ends at 24:00)",
      HoursParser::parseSpan);
  private static final Parser<List<BusinessHours.Span>> SPANS = Parsers.list(10, ONE_SPAN);

  @Override
  public String allowed() {
    return "zone, and one or several spans per day or range of days, such as monday-friday: 09:00-18:00";
  }

  @Override
  public Optional<BusinessHours> parse(String key, Value value, Faults faults) {
    Optional<Group> opened = Group.open(key, value, faults);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    Group group = opened.get();
    ZoneId zone = group.take("zone", ZONE).orElse(ZoneOffset.UTC);
    group.require("zone", ZONE.allowed());
    Map<DayOfWeek, List<BusinessHours.Span>> open = new EnumMap<>(DayOfWeek.class);
    for (Value.Field field : group.all()) {
      if (field.name().equals("zone")) {
        continue;
      }
      String at = key + "." + field.name();
      List<DayOfWeek> days = days(field.name());
      if (days.isEmpty()) {
        faults.add(
            at,
            "",
            "not a day; expected monday to sunday, or a range such as monday-friday",
            field.value().source());
        continue;
      }
      SPANS
          .parse(at, field.value(), faults)
          .ifPresent(spans -> days.forEach(
              day -> open.computeIfAbsent(day, none -> new ArrayList<>()).addAll(spans)));
    }
    return Optional.of(new BusinessHours(zone, open));
  }

  private static List<DayOfWeek> days(String name) {
    String[] ends = name.toUpperCase(Locale.ROOT).split("-", -1);
    Optional<DayOfWeek> first = day(ends[0]);
    Optional<DayOfWeek> last = day(ends[ends.length - 1]);
    if (ends.length > 2 || first.isEmpty() || last.isEmpty()) {
      return List.of();
    }
    List<DayOfWeek> days = new ArrayList<>();
    for (DayOfWeek day = first.get(); day != last.get(); day = day.plus(1)) {
      days.add(day);
    }
    days.add(last.get());
    return days;
  }

  private static Optional<DayOfWeek> day(String name) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().equals(name)) {
        return Optional.of(day);
      }
    }
    return Optional.empty();
  }

  private static Optional<ZoneId> parseZone(String text) {
    try {
      return Optional.of(ZoneId.of(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<BusinessHours.Span> parseSpan(String text) {
    Matcher matcher = SPAN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      LocalTime from = LocalTime.parse(matcher.group(1));
      LocalTime to =
          matcher.group(2).equals("24:00") ? LocalTime.MAX : LocalTime.parse(matcher.group(2));
      return from.isBefore(to) ? Optional.of(new BusinessHours.Span(from, to)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
