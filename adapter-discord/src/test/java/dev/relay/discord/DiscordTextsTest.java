package dev.relay.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.text.Wording;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DiscordTextsTest {
  @Test
  void every_shipped_text_is_within_the_limits_of_discord() {
    for (Wording wording : List.of(DiscordTexts.commands(), DiscordTexts.channel())) {
      for (String name : wording.names()) {
        for (Locale language : List.of(Locale.ENGLISH, Locale.forLanguageTag("es"))) {
          assertThat(DiscordTexts.fault(name, wording.get(language, name)))
              .as(name + " in " + language)
              .isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "command.bug.description, 100",
    "form.BUG.title, 45",
    "form.field.steps, 45",
    "form.field.steps.hint, 100",
    "cases.older, 80",
    "button.person, 80",
    "setup.button.help, 80",
    "help.opening, 1000"
  })
  void a_text_beyond_its_limit_is_refused(String name, int limit) {
    assertThat(DiscordTexts.fault(name, "x".repeat(limit))).isEmpty();
    assertThat(DiscordTexts.fault(name, "x".repeat(limit + 1)))
        .hasValue("it has " + (limit + 1) + " characters; at most " + limit + " are allowed");
  }

  @ParameterizedTest
  @CsvSource({
    "hilfe, true",
    "nueva_funcion, true",
    "Hilfe, false",
    "zwei worte, false",
    "помощь, true",
    "a/b, false"
  })
  void a_name_of_a_command_follows_discords_rules(String text, boolean allowed) {
    assertThat(DiscordTexts.fault("command.helpme", text).isEmpty()).isEqualTo(allowed);
    assertThat(DiscordTexts.fault("command.helpme.question", text).isEmpty()).isEqualTo(allowed);
  }
}
