package dev.relay.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CutTest {
  private static final String ROCKET = "\ud83d\ude80";

  @Test
  void keeps_a_text_that_fits_and_the_beginning_of_one_that_does_not() {
    assertThat(Cut.to("abc", 3)).isEqualTo("abc");
    assertThat(Cut.to("abcd", 3)).isEqualTo("abc");
    assertThat(Cut.to("abcd", 0)).isEmpty();
  }

  @Test
  void leaves_no_half_of_a_character() {
    assertThat(Cut.to("ab" + ROCKET, 3)).isEqualTo("ab");
    assertThat(Cut.to("ab" + ROCKET + "c", 4)).isEqualTo("ab" + ROCKET);
  }

  @Test
  void marks_a_cut_with_an_ellipsis_within_the_length() {
    assertThat(Cut.withEllipsis("abc", 3)).isEqualTo("abc");
    assertThat(Cut.withEllipsis("abcd", 3)).isEqualTo("ab…");
    assertThat(Cut.withEllipsis("abcd", 1)).isEqualTo("…");
  }

  @Test
  void replaces_what_databases_refuse_and_nothing_else() {
    assertThat(Cut.wellFormed("a\u0000b" + ROCKET)).isEqualTo("a\ufffdb" + ROCKET);
    assertThat(Cut.wellFormed("\ud83d" + ROCKET + "\ude80"))
        .isEqualTo("\ufffd" + ROCKET + "\ufffd");
    assertThat(Cut.wellFormed("\ud83d")).isEqualTo("\ufffd");
    assertThat(Cut.wellFormed("\u0001\n\uffff" + ROCKET)).isEqualTo("\u0001\n\uffff" + ROCKET);
    assertThat(Cut.wellFormed(Map.of("\u0000", "\u0000"))).isEqualTo(Map.of("\u0000", "\ufffd"));
  }

  @Test
  void leaves_no_half_of_a_character_before_the_ellipsis() {
    assertThat(Cut.withEllipsis("ab" + ROCKET + "cd", 4)).isEqualTo("ab…");
    assertThat(Cut.withEllipsis("ab" + ROCKET + "cd", 5)).isEqualTo("ab" + ROCKET + "…");
    assertThat(Cut.withEllipsis(ROCKET + ROCKET, 2)).isEqualTo("…");
  }
}
