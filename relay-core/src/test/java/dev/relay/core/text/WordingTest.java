package dev.relay.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WordingTest {
  private static final Locale BRAZIL = Locale.forLanguageTag("pt-BR");
  private static final Locale PORTUGAL = Locale.forLanguageTag("pt-PT");
  private static final Locale SPANISH = Locale.forLanguageTag("es-MX");

  private final Map<String, String> existing = Map.of(
      "talk.properties", "greeting=Hello {name}\nhelp.opening=How can we help?",
      "talk_es.properties", "greeting=¡Hola, {name}!",
      "talk_pt.properties", "greeting=Olá {name}\nhelp.opening=Como podemos ajudar?",
      "talk_pt_BR.properties", "greeting=Oi {name}");
  private final List<String> opened = new ArrayList<>();

  private Wording wording(Map<String, String> overrides) {
    return Wording.of(
        name -> {
          opened.add(name);
          String text = existing.get(name);
          return text == null
              ? null
              : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        },
        "talk",
        overrides);
  }

  @Test
  void a_language_is_found_by_the_name_of_its_file() {
    Wording wording = wording(Map.of());

    assertThat(wording.get(SPANISH, "greeting", "name", "Ada")).isEqualTo("¡Hola, Ada!");
    assertThat(wording.get(PORTUGAL, "greeting", "name", "Ada")).isEqualTo("Olá Ada");
    assertThat(wording.get(BRAZIL, "greeting", "name", "Ada")).isEqualTo("Oi Ada");
    assertThat(wording.get(BRAZIL, "help.opening")).isEqualTo("Como podemos ajudar?");
  }

  @Test
  void a_text_that_a_language_lacks_is_English() {
    Wording wording = wording(Map.of());

    assertThat(wording.get(SPANISH, "help.opening")).isEqualTo("How can we help?");
    assertThat(wording.get(Locale.JAPANESE, "greeting", "name", "Ada")).isEqualTo("Hello Ada");
    assertThat(wording.own(SPANISH, "help.opening")).isEmpty();
    assertThat(wording.own(SPANISH, "greeting")).contains("¡Hola, {name}!");
  }

  @Test
  void a_file_is_looked_for_once_and_only_in_languages_that_exist() {
    Wording wording = wording(Map.of());
    wording.get(Locale.JAPAN, "greeting");
    wording.get(Locale.JAPAN, "greeting");
    wording.get(Locale.forLanguageTag("xq-ZZ"), "greeting");

    assertThat(opened)
        .containsExactlyInAnyOrder(
            "talk.properties", "talk_ja.properties", "talk_ja_JP.properties");
  }

  @Test
  void a_value_is_inserted_unchanged_and_a_missing_one_is_empty() {
    Wording wording = wording(Map.of());

    assertThat(wording.get(Locale.ENGLISH, "greeting", "name", "$1 {name} \\"))
        .isEqualTo("Hello $1 {name} \\");
    assertThat(wording.get(Locale.ENGLISH, "greeting", Map.of())).isEqualTo("Hello ");
    assertThat(wording.get(Locale.ENGLISH, "greeting")).isEqualTo("Hello {name}");
  }

  @Test
  void an_override_names_its_language_before_or_after_the_text() {
    Wording wording = wording(Map.of(
        "en.help.opening", "Yes?", "help.opening.es", "¿Sí?", "pt_BR.greeting", "E aí {name}"));

    assertThat(wording.get(Locale.ENGLISH, "help.opening")).isEqualTo("Yes?");
    assertThat(wording.get(SPANISH, "help.opening")).isEqualTo("¿Sí?");
    assertThat(wording.get(BRAZIL, "greeting", "name", "Ada")).isEqualTo("E aí Ada");
    assertThat(wording.get(PORTUGAL, "greeting", "name", "Ada")).isEqualTo("Olá Ada");
  }

  @Test
  void an_override_adds_a_language() {
    Wording wording = wording(Map.of("de.greeting", "Hallo {name}"));

    assertThat(wording.get(Locale.GERMAN, "greeting", "name", "Ada")).isEqualTo("Hallo Ada");
    assertThat(wording.get(Locale.GERMAN, "help.opening")).isEqualTo("How can we help?");
    assertThat(wording.names("de")).containsExactly("greeting");
  }

  @Test
  void an_override_without_a_language_holds_for_all_and_one_with_a_language_is_stronger() {
    Wording wording = wording(Map.of("greeting", "Ahoy", "greeting.es", "Hola"));

    assertThat(wording.get(Locale.ENGLISH, "greeting")).isEqualTo("Ahoy");
    assertThat(wording.get(BRAZIL, "greeting")).isEqualTo("Ahoy");
    assertThat(wording.get(SPANISH, "greeting")).isEqualTo("Hola");
  }

  @Test
  void a_key_that_names_no_text_is_refused_with_the_names_that_exist() {
    for (String wrong : List.of("greetings", "en.greetings", "greeting.English", ".greeting", "")) {
      assertThatThrownBy(() -> wording(Map.of(wrong, "x")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"" + wrong + "\"")
          .hasMessageContaining("[greeting, help.opening]");
    }
  }

  @Test
  void a_text_that_does_not_exist_and_a_subject_without_English_are_refused() {
    assertThatThrownBy(() -> wording(Map.of()).get(Locale.ENGLISH, "goodbye"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("goodbye");
    assertThatThrownBy(() -> Wording.of(name -> null, "talk"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("talk.properties");
  }
}
