package dev.relay.core.routing;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/**
 * When agents work.
 *
 * @param zone in which time zone the times are meant
 * @param open the open spans of each day; a day that is missing is closed
 */
public record BusinessHours(ZoneId zone, Map<DayOfWeek, List<Span>> open) {

  /** Copies the map, so that the hours cannot change. */
  public BusinessHours {
    open = Map.copyOf(open);
  }

  /**
   * A part of a day.
   *
   * @param from the first moment
   * @param to the first moment after it; {@link LocalTime#MAX} for the day's end
   */
  public record Span(LocalTime from, LocalTime to) {
    /** Refuses a span that ends before it begins: one over midnight is written as two. */
    public Span {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException(
            from + "-" + to + " ends before it begins; write a span over midnight as two");
      }
    }
  }

  /** Whether agents work at that moment. */
  public boolean isOpenAt(Instant now) {
    ZonedDateTime there = now.atZone(zone);
    LocalTime time = there.toLocalTime();
    return open.getOrDefault(there.getDayOfWeek(), List.of()).stream()
        .anyMatch(span -> !time.isBefore(span.from()) && time.isBefore(span.to()));
  }
}
