package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.id.QueueName;
import dev.relay.core.operations.Settings;
import dev.relay.core.routing.BusinessHours;
import dev.relay.core.routing.Condition;
import dev.relay.core.routing.Route;
import dev.relay.core.routing.RoutingRule;
import dev.relay.core.team.Team;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
        settings -> settings,
        builder ->
            builder.settings(Settings.builder().hours(QueueName.DEFAULT, hours).build()))) {
      JsonNode answer = relay.http().get(PATH).json();

      assertThat(answer.get("open").booleanValue()).isFalse();
      assertThat(answer.get("opensAt").textValue())
          .isEqualTo(hours.nextOpeningAfter(now).orElseThrow().toString());
    }
  }

  @Test
  void the_hours_are_those_of_the_queue_to_which_the_rules_lead_a_customer_of_that_language() {
    QueueName spanish = new QueueName("es");
    RoutingRule rule = new RoutingRule(
        "Spanish",
        List.of(new Condition.SpeaksLocale(Locale.forLanguageTag("es"))),
        new Route("Spanish", Route.ServedBy.VIRTUAL_AGENT, spanish, CasePriority.NORMAL, Set.of()));
    BusinessHours never = new BusinessHours(ZoneOffset.UTC, Map.of());
    try (TestServer relay = new TestServer(
        settings -> settings,
        builder ->
            builder.settings(Settings.builder().rule(rule).hours(spanish, never).build()))) {
      JsonNode inSpanish = relay.http().get(PATH + "?locale=es-MX").json();

      assertThat(inSpanish.get("open").booleanValue()).isFalse();
      assertThat(inSpanish.get("opensAt").isNull()).isTrue();
      assertThat(relay.http().get(PATH + "?locale=en").json().get("open").booleanValue())
          .isTrue();
      assertThat(relay.http().get(PATH + "?locale=_").status()).isEqualTo(400);
    }
  }

  @Test
  void a_queue_whose_agents_are_all_away_is_not_open_and_nobody_knows_until_when() {
    try (TestServer relay = new TestServer()) {
      relay.store.write(transaction -> {
        transaction.save(new Team.Queue(
            QueueName.DEFAULT, Team.Assignment.LEAST_BUSY, Team.Queue.DEFAULT_OFFER, Set.of()));
        return true;
      });

      JsonNode answer = relay.http().get(PATH).json();

      assertThat(answer.get("open").booleanValue()).isFalse();
      assertThat(answer.get("opensAt").isNull()).isTrue();
    }
  }
}
