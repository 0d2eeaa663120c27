package dev.relay.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.routing.BusinessHours.Span;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When live agents begin to work. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BusinessHoursTest {
  private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");

  /** Monday 09:00 to 13:00 and 15:00 to 18:00, Sunday 02:00 to 03:00. */
  private final BusinessHours hours = new BusinessHours(
      MADRID,
      Map.of(
          DayOfWeek.MONDAY,
          List.of(span("15:00", "18:00"), span("09:00", "13:00")),
          DayOfWeek.SUNDAY,
          List.of(span("02:00", "03:00"))));

  @ParameterizedTest(name = "after {0}: {1}")
  @CsvSource({
    // Monday, 30 November 2026, in winter time.
    "2026-11-30T07:59:59Z, 2026-11-30T08:00:00Z",
    "2026-11-30T08:00:00Z, 2026-11-30T14:00:00Z",
    "2026-11-30T12:30:00Z, 2026-11-30T14:00:00Z",
    "2026-11-30T17:00:00Z, 2026-12-06T01:00:00Z",
    // On 28 March 2027 the hour from 02:00 to 03:00 does not exist in Madrid.
    "2027-03-27T12:00:00Z, 2027-03-29T07:00:00Z"
  })
  void the_next_opening_is_found(String now, String opening) {
    assertThat(hours.nextOpeningAfter(Instant.parse(now))).contains(Instant.parse(opening));
  }

  @Test
  void hours_of_one_day_open_again_a_week_later() {
    BusinessHours weekly =
        new BusinessHours(MADRID, Map.of(DayOfWeek.MONDAY, List.of(span("09:00", "13:00"))));

    assertThat(weekly.nextOpeningAfter(Instant.parse("2026-11-30T08:00:00Z")))
        .contains(Instant.parse("2026-12-07T08:00:00Z"));
  }

  @Test
  void nobody_ever_works_without_hours() {
    assertThat(new BusinessHours(MADRID, Map.of()).nextOpeningAfter(Instant.EPOCH))
        .isEmpty();
  }

  private static Span span(String from, String to) {
    return new Span(LocalTime.parse(from), LocalTime.parse(to));
  }
}
