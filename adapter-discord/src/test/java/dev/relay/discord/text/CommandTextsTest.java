package dev.relay.discord.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.dv8tion.jda.api.interactions.DiscordLocale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class CommandTextsTest {
  private static final Locale SPANISH = Locale.forLanguageTag("es-ES");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");

  private final CommandTexts texts = CommandTexts.shipped();

  @Test
  void english_and_spanish_are_shipped_and_say_the_same_things() {
    assertThat(texts.languages()).containsExactly("en", "es");
    assertThat(texts.names("es")).isEqualTo(texts.names("en"));
    for (String key : texts.names("en")) {
      assertThat(placeholders(texts.get(SPANISH, key)))
          .as(key)
          .isEqualTo(placeholders(texts.get(Locale.ENGLISH, key)));
    }
  }

  @Test
  void a_language_without_texts_gets_english() {
    assertThat(texts.get(Locale.JAPANESE, "cases.older")).isEqualTo("Older");
  }

  @Test
  void both_of_Discords_spanish_variants_get_spanish_texts() {
    assertThat(texts.translations("command.helpme"))
        .isEqualTo(Map.of(DiscordLocale.SPANISH, "ayuda", DiscordLocale.SPANISH_LATAM, "ayuda"));
  }

  @Test
  void labels_of_buttons_are_short_enough_for_Discord_in_every_language() {
    for (Locale language : List.of(Locale.ENGLISH, SPANISH)) {
      for (String label : List.of(
          "cases.older",
          "cases.newest",
          "form.again",
          "help.open",
          "setup.button.help",
          "setup.button.bug",
          "setup.button.feature",
          "setup.button.cases")) {
        assertThat(texts.get(language, label)).as(label).hasSizeBetween(1, 80);
      }
      for (String name : TextFiles.channel().names()) {
        if (name.startsWith("button.")) {
          assertThat(TextFiles.channel().get(language, name, "score", "5"))
              .as(name)
              .hasSizeBetween(1, 80);
        }
      }
    }
  }

  @Test
  void arguments_are_filled_in_unchanged() {
    assertThat(texts.get(Locale.ENGLISH, "case.unknown", "case", "$1 {case}"))
        .isEqualTo("There is no case $1 {case}.");
  }

  @Test
  void the_operator_can_replace_texts_and_add_languages() {
    CommandTexts own = CommandTexts.withOverrides(
        Map.of("en.cases.older", "Back in time", "pt_BR.cases.older", "Mais antigos"));

    assertThat(own.get(Locale.ENGLISH, "cases.older")).isEqualTo("Back in time");
    assertThat(own.get(Locale.forLanguageTag("pt-BR"), "cases.older")).isEqualTo("Mais antigos");
    assertThat(own.get(Locale.forLanguageTag("pt-BR"), "cases.newest")).isEqualTo("Newest");
  }

  @Test
  void an_override_of_an_unknown_text_is_rejected() {
    assertThatThrownBy(() -> CommandTexts.withOverrides(Map.of("en.cases.oldest", "?")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cases.oldest")
        .hasMessageContaining("cases.older");
    assertThatThrownBy(() -> CommandTexts.withOverrides(Map.of("cases", "?")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("language.name");
  }

  private static Set<String> placeholders(String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }
}
