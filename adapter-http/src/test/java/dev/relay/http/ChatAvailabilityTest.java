package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.routing.BusinessHours;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the chat promises about live agents. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ChatAvailabilityTest {
  private static final String PATH = "/api/v1/chat/availability";

  @Test
  void without_hours_live_agents_always_work() {
    try (TestServer relay = new TestServer()) {
      JsonNode answer = relay.http().get(PATH).json();

      assertThat(answer.get("open").booleanValue()).isTrue();
      assertThat(answer.get("opensAt").isNull()).isTrue();
    }
  }

  @Test
  void outside_the_hours_the_next_opening_is_named() {
    Instant now = Instant.now();
    DayOfWeek tomorrow = now.atZone(ZoneOffset.UTC).getDayOfWeek().plus(1);
    Map<DayOfWeek, List<BusinessHours.Span>> open = new EnumMap<>(DayOfWeek.class);
    // Two days on, so that a test at midnight does not open meanwhile.
    open.put(
        tomorrow.plus(1), List.of(new BusinessHours.Span(LocalTime.of(9, 0), LocalTime.of(17, 0))));
    BusinessHours hours = new BusinessHours(ZoneOffset.UTC, open);
    try (TestServer relay = new TestServer(
        settings -> settings.withChat(ChatSettings.DEFAULT.openAt(hours)), parts -> parts)) {
      JsonNode answer = relay.http().get(PATH).json();

      assertThat(answer.get("open").booleanValue()).isFalse();
      assertThat(answer.get("opensAt").textValue())
          .isEqualTo(hours.nextOpeningAfter(now).orElseThrow().toString());
    }
  }
}
