package dev.relay.core.routing;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The hours in which live agents work.
 *
 * @param zone the time zone of the times
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
   * @param to the first moment after it; {@link LocalTime#MIDNIGHT} or {@link LocalTime#MAX} for the end of the day
   */
  public record Span(LocalTime from, LocalTime to) {
    /** Refuses a span that ends before it begins: a span over midnight is written as two. */
    public Span {
      if (!lastsUntilEndOfDay(to) && !from.isBefore(to)) {
        throw new IllegalArgumentException(
            from + "-" + to + " ends before it begins; write a span over midnight as two");
      }
    }

    private boolean contains(LocalTime time) {
      return !time.isBefore(from) && (lastsUntilEndOfDay(to) || time.isBefore(to));
    }

    private static boolean lastsUntilEndOfDay(LocalTime to) {
      return to.equals(LocalTime.MIDNIGHT) || to.equals(LocalTime.MAX);
    }
  }

  /** Returns whether live agents work at that moment. */
  public boolean isOpenAt(Instant now) {
    ZonedDateTime there = now.atZone(zone);
    return open.getOrDefault(there.getDayOfWeek(), List.of()).stream()
        .anyMatch(span -> span.contains(there.toLocalTime()));
  }

  /** Returns the first moment after that one at which live agents begin to work; empty if they never do. */
  public Optional<Instant> nextOpeningAfter(Instant now) {
    LocalDate today = now.atZone(zone).toLocalDate();
    return IntStream.rangeClosed(0, DayOfWeek.values().length)
        .mapToObj(today::plusDays)
        .flatMap(day -> open.getOrDefault(day.getDayOfWeek(), List.of()).stream()
            .map(span -> day.atTime(span.from()).atZone(zone).toInstant()))
        // A clock that is put forward can leave a span out.
        .filter(opening -> opening.isAfter(now) && isOpenAt(opening))
        .min(Comparator.naturalOrder());
  }
}
