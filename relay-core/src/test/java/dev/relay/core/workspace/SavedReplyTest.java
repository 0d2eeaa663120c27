package dev.relay.core.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.workspace.Workspace.Fault;
import dev.relay.core.workspace.Workspace.Macro;
import dev.relay.core.workspace.Workspace.SavedReply;
import dev.relay.core.workspace.Workspace.Values;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SavedReplyTest {
  private static final Values KNOWN = new Values("Marta", "#1042", "Refund", "Ann", "vip");
  private static final Values UNKNOWN = new Values("", "", "", "Ann", "");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Hello {customer.name}, thanks; Hello Marta, thanks; Hello, thanks",
        "Hello {customer.name|there}!; Hello Marta!; Hello there!",
        "{customer.name|You}, {case.number}.; Marta, #1042.; You,.",
        "Case #{case.number}, #{queue}; Case #1042, #vip; Case, #",
        "Case #{case.number|(none yet)}: ##{case.number}; Case #1042: ##1042; Case (none yet): #",
        "{case.subject} at {queue}; Refund at vip; ' at'",
        "I am {agent.name}; I am Ann; I am Ann",
        "{customer.name|}x; Martax; x",
        "if (a) { return {1} }; if (a) { return {1} }; if (a) { return {1} }",
        "{{agent.name}}; {Ann}; {Ann}"
      })
  void a_placeholder_takes_its_value_and_an_empty_value_reads_well(
      String text, String withValues, String without) {
    SavedReply reply = saying(Map.of("en", text));

    assertThat(reply.fault()).isEmpty();
    assertThat(reply.text("en", KNOWN)).isEqualTo(withValues);
    assertThat(reply.text("en", UNKNOWN)).isEqualTo(without);
  }

  @Test
  void braces_in_a_value_are_text() {
    Values hostile = new Values("{agent.name}", "", "{case.number|{queue}}", "Ann", "vip");

    assertThat(saying(Map.of("en", "{customer.name} {case.subject}")).text("en", hostile))
        .isEqualTo("{agent.name} {case.number|{queue}}");
  }

  @Test
  void unknown_placeholders_are_listed_with_the_known_ones() {
    Fault fault = saying(
            Map.of("en", "{agent.name} {customer.mail} {Name|x} {customer.mail} {customer}"))
        .fault()
        .orElseThrow();

    assertThat(fault.field()).isEqualTo("texts.en");
    assertThat(fault.reason())
        .isEqualTo("texts.en has unknown placeholders: Name, customer, customer.mail; known are:"
            + " customer.name, case.number, case.subject, agent.name, queue");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a b", "-a", "a-", "ñ", "/a", "a234567890123456789012345678901"})
  void a_shortcut_can_be_typed_on_every_keyboard(String shortcut) {
    SavedReply reply = reply("Name", shortcut, Map.of("en", "text"), Optional.empty());

    assertThat(reply.fault()).map(Fault::field).contains("shortcut");
  }

  @Test
  void a_reply_says_something_in_a_language_unless_it_is_a_macro() {
    Macro solve = macro(Optional.empty(), true);

    assertThat(saying(Map.of()).fault()).map(Fault::field).contains("texts");
    assertThat(saying(Map.of("English", "text")).fault()).map(Fault::field).contains("texts");
    assertThat(saying(Map.of("en", " ")).fault()).map(Fault::field).contains("texts.en");
    assertThat(saying(Map.of("en", "x".repeat(SavedReply.MAX_TEXT + 1))).fault())
        .map(Fault::field)
        .contains("texts.en");
    assertThat(reply(" ", "a", Map.of("en", "text"), Optional.empty()).fault())
        .map(Fault::field)
        .contains("name");
    assertThat(reply("Name", "a", Map.of(), Optional.of(solve)).fault()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SOLVED, false, false",
    "CLOSED, true, false",
    "NEW, true, false",
    "CLOSED, false, false",
    "PENDING, false, true",
    "OPEN, false, true",
    "SOLVED, true, true",
    "PENDING, true, true"
  })
  void a_macro_solves_a_case_only_together_with_its_conversation(
      CaseStatus status, boolean ends, boolean allowed) {
    SavedReply reply = reply("Name", "a", Map.of(), Optional.of(macro(Optional.of(status), ends)));

    assertThat(reply.fault().isEmpty()).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"es, es", "es-MX, es", "pt-BR, pt-BR", "pt, pt-BR", "en-GB, en", "fr, en"})
  void the_customers_language_comes_first_then_english(String customers, String chosen) {
    SavedReply reply = saying(Map.of("en", "Hello", "es", "Hola", "pt-BR", "Olá"));

    assertThat(reply.languageFor(Locale.forLanguageTag(customers))).contains(chosen);
    assertThat(saying(Map.of("de", "Hallo")).languageFor(Locale.forLanguageTag(customers)))
        .contains("de");
  }

  private static Macro macro(Optional<CaseStatus> status, boolean ends) {
    return new Macro(status, Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), ends);
  }

  private static SavedReply saying(Map<String, String> texts) {
    return reply("Name", "a", texts, Optional.empty());
  }

  private static SavedReply reply(
      String name, String shortcut, Map<String, String> texts, Optional<Macro> macro) {
    return new SavedReply(0, Optional.empty(), name, shortcut, texts, Optional.empty(), macro, 0);
  }
}
