package dev.relay.discord;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FormSettingsTest {
  private static final FormField MAP = FormField.named("map", true, false, 10);

  @Test
  void a_form_with_more_fields_than_Discord_shows_is_refused() {
    assertThatThrownBy(() -> new FormSettings(
            List.of(
                MAP,
                FormField.named("b", false, false, 1),
                FormField.named("c", false, false, 1),
                FormField.named("d", false, false, 1)),
            List.of()))
        .hasMessageContaining("4 fields besides title and description; expected at most 3");
  }

  @Test
  void two_fields_of_one_name_are_refused() {
    assertThatThrownBy(() -> new FormSettings(List.of(MAP, MAP), List.of()))
        .hasMessageContaining("two fields named map");
    assertThatThrownBy(
            () -> new FormSettings(List.of(FormField.named("title", true, false, 10)), List.of()))
        .hasMessageContaining("two fields named title");
  }

  @Test
  void a_field_beyond_Discords_limits_is_rejected_with_the_limit() {
    assertThatThrownBy(() -> FormField.named("Über", true, false, 10))
        .hasMessageContaining("a-z 0-9 _ -");
    assertThatThrownBy(() -> MAP.labelled("x".repeat(46))).hasMessageContaining("1 to 45");
    assertThatThrownBy(() -> FormField.named("map", true, false, 4001))
        .hasMessageContaining("1 to 4000");
  }
}
