package dev.relay.discord.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.cases.CaseKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FormSettingsTest {
  private static final FormField MAP = FormField.named("map", true, false, 10);

  private final CommandTexts texts = CommandTexts.shipped();

  @Test
  void a_form_with_more_fields_than_Discord_shows_is_refused() {
    assertThatThrownBy(() -> new FormSettings(
            List.of(
                MAP,
                FormField.named("b", false, false, 1),
                FormField.named("c", false, false, 1),
                FormField.named("d", false, false, 1)),
            List.of()))
        .hasMessageContaining("3 fields besides title and description");
  }

  @Test
  void two_fields_of_one_name_are_refused() {
    assertThatThrownBy(() -> new FormSettings(List.of(MAP, MAP), List.of()))
        .hasMessageContaining("two fields of the name map");
    assertThatThrownBy(
            () -> new FormSettings(List.of(FormField.named("title", true, false, 10)), List.of()))
        .hasMessageContaining("two fields of the name title");
  }

  @Test
  void limits_of_Discord_are_told_where_a_field_breaks_them() {
    assertThatThrownBy(() -> FormField.named("Über", true, false, 10))
        .hasMessageContaining("a-z 0-9 _ -");
    assertThatThrownBy(() -> MAP.labelled("x".repeat(46))).hasMessageContaining("1 to 45");
    assertThatThrownBy(() -> FormField.named("map", true, false, 4001))
        .hasMessageContaining("1 to 4000");
  }

  @Test
  void labels_are_the_operators_by_language_else_shipped_else_the_name() {
    FormField labelled = new FormField("map", Map.of("en", "Map", "es", "Mapa"), true, false, 10);

    assertThat(labelled.label(texts, Locale.forLanguageTag("es-419"))).isEqualTo("Mapa");
    assertThat(labelled.label(texts, Locale.GERMAN)).isEqualTo("Map");
    assertThat(MAP.label(texts, Locale.GERMAN)).isEqualTo("map");
    assertThat(FormSettings.TITLE.label(texts, Locale.forLanguageTag("es"))).isEqualTo("Título");
  }

  @Test
  void a_blank_or_too_long_value_is_told_in_words() {
    FilledForm blank = form(Map.of("title", "It broke", "description", " \n "));
    FilledForm tooLong =
        form(Map.of("title", "It broke", "description", "Yes", "map", "x".repeat(11)));

    assertThat(blank.fault(texts, Locale.ENGLISH))
        .contains("“Description” is empty, so nothing was filed.");
    assertThat(blank.fault(texts, Locale.forLanguageTag("es")))
        .contains("«Descripción» está vacío, así que no se ha registrado nada.");
    assertThat(tooLong.fault(texts, Locale.ENGLISH))
        .contains("“map” has 11 characters, more than the 10 that are allowed,"
            + " so nothing was filed.");
    assertThat(form(Map.of("title", "It broke", "description", "Yes", "map", "Sea"))
            .fault(texts, Locale.ENGLISH))
        .isEmpty();
  }

  @Test
  void a_form_tells_nothing_in_logs() {
    assertThat(form(Map.of("title", "secret")).toString()).doesNotContain("secret");
  }

  private static FilledForm form(Map<String, String> values) {
    return FilledForm.read(
        CaseKind.BUG, List.of(MAP), name -> Optional.ofNullable(values.get(name)));
  }
}
