package dev.relay.discord.forms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseKind;
import dev.relay.discord.text.CommandTexts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FilledFormTest {
  private static final Field MAP = new Field("map", Map.of(), true, false, 10);

  private final CommandTexts texts = CommandTexts.shipped();

  @Test
  void a_label_is_the_operators_or_else_the_shipped_text_or_else_the_name() {
    Field labelled = new Field("map", Map.of("en", "Map", "es", "Mapa"), true, false, 10);

    assertThat(labelled.label(texts, Locale.forLanguageTag("es-419"))).isEqualTo("Mapa");
    assertThat(labelled.label(texts, Locale.GERMAN)).isEqualTo("Map");
    assertThat(MAP.label(texts, Locale.GERMAN)).isEqualTo("map");
    assertThat(Form.TITLE.label(texts, Locale.forLanguageTag("es"))).isEqualTo("Título");
  }

  @Test
  void a_blank_or_too_long_value_is_explained() {
    FilledForm blank = form(Map.of("title", "It broke", "description", " \n "));
    FilledForm tooLong =
        form(Map.of("title", "It broke", "description", "Yes", "map", "x".repeat(11)));

    assertThat(blank.fault(texts, Locale.ENGLISH))
        .contains(
            "“Description” is empty, so nothing was sent. Fill it in and send the form again.");
    assertThat(blank.fault(texts, Locale.forLanguageTag("es")))
        .contains(
            "«Descripción» está vacío, así que no se ha enviado nada. Rellénalo y envía el formulario otra vez.");
    assertThat(tooLong.fault(texts, Locale.ENGLISH))
        .contains(
            "“map” has 11 characters; at most 10 are allowed, so nothing was sent. Shorten it and"
                + " send the form again.");
    assertThat(form(Map.of("title", "It broke", "description", "Yes", "map", "Sea"))
            .fault(texts, Locale.ENGLISH))
        .isEmpty();
  }

  @Test
  void a_form_shows_no_values_in_logs() {
    assertThat(form(Map.of("title", "secret")).toString()).doesNotContain("secret");
  }

  private static FilledForm form(Map<String, String> values) {
    return FilledForm.read(
        Form.of(CaseKind.BUG, List.of(MAP)), name -> Optional.ofNullable(values.get(name)));
  }
}
