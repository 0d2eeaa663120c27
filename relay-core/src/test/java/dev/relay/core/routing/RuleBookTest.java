package dev.relay.core.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.routing.RuleBook.Situation;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RuleBookTest {
  private static final Instant MONDAY_MORNING = Instant.parse("2026-11-02T09:30:00Z");

  private final RuleBook rules = new RuleBook(List.of(
      rule("vip", List.of(new Condition.HasRole("VIP")), "vip"),
      rule(
          "refunds",
          List.of(new Condition.HasWords("refund"), new Condition.SpeaksLocale(Locale.ENGLISH)),
          "billing"),
      rule("spanish", List.of(new Condition.SpeaksLocale(Locale.forLanguageTag("es"))), "es"),
      rule("rest", List.of(), "default")));

  @Test
  void the_first_rule_that_matches_decides() {
    assertThat(rules.route(situation("es", Set.of("VIP"), "hola")).rule()).isEqualTo("vip");
    assertThat(rules.route(situation("es-MX", Set.of(), "hola")).rule()).isEqualTo("spanish");
    assertThat(rules.route(situation("en", Set.of(), "hello")).rule()).isEqualTo("rest");
  }

  @Test
  void all_conditions_of_a_rule_must_hold() {
    assertThat(rules.route(situation("en", Set.of(), "I want a REFUND!")).rule())
        .isEqualTo("refunds");
    assertThat(rules.route(situation("de", Set.of(), "refund")).rule()).isEqualTo("rest");
  }

  @Test
  void words_are_whole_words_ignoring_case_and_accents() {
    Condition condition = new Condition.HasWords("devolución");

    assertThat(condition.holds(situation("es", Set.of(), "Quiero una DEVOLUCION.")))
        .isTrue();
    assertThat(condition.holds(situation("es", Set.of(), "devoluciones"))).isFalse();
  }

  @Test
  void a_word_counts_wherever_it_stands_alone_first() {
    Condition condition = new Condition.HasWords("pay");

    assertThat(condition.holds(situation("en", Set.of(), "payment, prepay, pay")))
        .isTrue();
    assertThat(condition.holds(situation("en", Set.of(), "payment, prepay, pay2, pay²")))
        .isFalse();
    assertThat(condition.holds(situation("en", Set.of(), "(pay)"))).isTrue();
    assertThat(new Condition.HasWords("").holds(situation("en", Set.of(), "anything")))
        .isFalse();
  }

  @Test
  void only_the_beginning_of_a_text_is_looked_at_however_much_its_letters_stand_for() {
    Condition condition = new Condition.HasWords("refund");
    String long_ = "a ".repeat(499) + "refund";

    assertThat(condition.holds(situation("en", Set.of(), "refund " + "a ".repeat(8_000))))
        .isTrue();
    assertThat(condition.holds(situation("en", Set.of(), long_ + " refund"))).isFalse();
    // One letter that stands for four Arabic words.
    RuleBook.FirstWords folded = RuleBook.FirstWords.of("\uFDFA".repeat(16_000));
    assertThat(folded.folded()).hasSizeLessThanOrEqualTo(2 * RuleBook.FirstWords.MAX_TEXT);
  }

  @Test
  void no_rule_means_the_virtual_agent() {
    assertThat(RuleBook.EMPTY.route(situation("en", Set.of(), "hello"))).isEqualTo(Route.FALLBACK);
  }

  @Test
  void an_explanation_names_what_failed_up_to_the_rule_that_matched() {
    RuleBook.Explanation explanation = rules.explain(situation("es", Set.of(), "hola"));

    assertThat(explanation.route().rule()).isEqualTo("spanish");
    assertThat(explanation.tried())
        .extracting(it -> it.rule().name())
        .containsExactly("vip", "refunds", "spanish");
    assertThat(explanation.tried().get(0).failed()).containsExactly("customer has the role VIP");
    assertThat(explanation.tried().get(1).failed())
        .containsExactly("text has \"refund\"", "locale is en");
    assertThat(explanation.tried().get(2).matched()).isTrue();
  }

  @Test
  void business_hours_use_their_own_time_zone() {
    BusinessHours madrid = new BusinessHours(
        ZoneId.of("Europe/Madrid"),
        Map.of(
            DayOfWeek.MONDAY,
            List.of(new BusinessHours.Span(LocalTime.of(10, 0), LocalTime.of(18, 0)))));

    assertThat(madrid.isOpenAt(MONDAY_MORNING)).isTrue();
    assertThat(madrid.isOpenAt(Instant.parse("2026-11-02T08:59:59Z"))).isFalse();
    assertThat(madrid.isOpenAt(Instant.parse("2026-11-02T17:00:00Z"))).isFalse();
    assertThat(madrid.isOpenAt(Instant.parse("2026-11-03T09:30:00Z"))).isFalse();
    assertThat(new Condition.DuringHours(madrid, false).holds(situation("en", Set.of(), "")))
        .isFalse();
  }

  @Test
  void a_span_until_midnight_lasts_until_the_end_of_the_day() {
    for (LocalTime end : List.of(LocalTime.MIDNIGHT, LocalTime.MAX)) {
      BusinessHours evening = new BusinessHours(
          ZoneOffset.UTC,
          Map.of(DayOfWeek.MONDAY, List.of(new BusinessHours.Span(LocalTime.of(9, 0), end))));

      assertThat(evening.isOpenAt(Instant.parse("2026-01-05T08:59:59Z"))).isFalse();
      assertThat(evening.isOpenAt(Instant.parse("2026-01-05T09:00:00Z"))).isTrue();
      assertThat(evening.isOpenAt(Instant.parse("2026-01-05T23:59:59.999999999Z")))
          .isTrue();
      assertThat(evening.isOpenAt(Instant.parse("2026-01-06T00:00:00Z"))).isFalse();
    }
  }

  @Test
  void a_span_from_midnight_to_midnight_is_the_whole_day() {
    BusinessHours monday = new BusinessHours(
        ZoneOffset.UTC,
        Map.of(
            DayOfWeek.MONDAY,
            List.of(new BusinessHours.Span(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT))));

    assertThat(monday.isOpenAt(Instant.parse("2026-01-05T00:00:00Z"))).isTrue();
    assertThat(monday.isOpenAt(Instant.parse("2026-01-05T23:59:59Z"))).isTrue();
    assertThat(monday.isOpenAt(Instant.parse("2026-01-04T23:59:59Z"))).isFalse();
  }

  @Test
  void a_span_that_ends_before_it_begins_is_refused_with_a_remedy() {
    assertThatThrownBy(() -> new BusinessHours.Span(LocalTime.of(22, 0), LocalTime.of(6, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write a span over midnight as two");
  }

  @Test
  void every_condition_checks_its_own_part_of_the_situation() {
    Situation bug = new Situation(
        new PortId("discord"),
        Optional.of("guild-7"),
        Optional.of("bug"),
        Locale.ENGLISH,
        Set.of(),
        "",
        Optional.of(CaseKind.BUG),
        MONDAY_MORNING);

    assertThat(new Condition.InChannel(new PortId("discord")).holds(bug)).isTrue();
    assertThat(new Condition.InChannel(new PortId("web")).holds(bug)).isFalse();
    assertThat(new Condition.InGuild("guild-7").holds(bug)).isTrue();
    assertThat(new Condition.InGuild("guild-8").holds(bug)).isFalse();
    assertThat(new Condition.ByCommand("bug").holds(bug)).isTrue();
    assertThat(new Condition.ByCommand("helpme").holds(bug)).isFalse();
    assertThat(new Condition.AboutCaseKind(CaseKind.BUG).holds(bug)).isTrue();
    assertThat(new Condition.AboutCaseKind(CaseKind.SUPPORT).holds(bug)).isFalse();
  }

  private static RoutingRule rule(String name, List<Condition> conditions, String queue) {
    return new RoutingRule(
        name,
        conditions,
        new Route(
            name,
            Route.ServedBy.VIRTUAL_AGENT,
            new QueueName(queue),
            CasePriority.NORMAL,
            Set.of()));
  }

  private static Situation situation(String language, Set<String> roles, String text) {
    return new Situation(
        new PortId("web"),
        Optional.empty(),
        Optional.empty(),
        Locale.forLanguageTag(language),
        roles,
        text,
        Optional.empty(),
        MONDAY_MORNING);
  }
}
