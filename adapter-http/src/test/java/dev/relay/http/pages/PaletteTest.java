package dev.relay.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text stays legible whatever colour a brand has. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PaletteTest {

  /** The corners of the colour space and what lies between them. */
  static Stream<String> colours() {
    int[] steps = {0, 64, 119, 128, 192, 255};
    return IntStream.of(steps)
        .boxed()
        .flatMap(red -> IntStream.of(steps)
            .boxed()
            .flatMap(green -> IntStream.of(steps)
                .mapToObj(blue -> String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue))));
  }

  @ParameterizedTest
  @MethodSource("colours")
  void every_letter_has_enough_contrast_to_what_is_behind_it(String colour) {
    Palette palette = Palette.of(colour);

    legible(palette.onFill(), List.of(palette.fill(), palette.fillHover()));
    legible(palette.light().letters(), Palette.LIGHT_SURFACES);
    legible(palette.light().letters(), List.of(palette.light().soft()));
    legible(palette.dark().letters(), Palette.DARK_SURFACES);
    legible(palette.dark().letters(), List.of(palette.dark().soft()));
  }

  @Test
  void a_colour_that_is_legible_stays_as_it_is() {
    assertThat(Palette.of("#0b5d3b").fill()).isEqualTo("#0b5d3b");
    assertThat(Palette.of("#0b5d3b").light().letters()).isEqualTo("#0b5d3b");
    assertThat(Palette.of("#ffd400").onFill()).as("white on yellow is not").isEqualTo("#000000");
  }

  @Test
  void contrast_is_that_of_the_guidelines() {
    assertThat(Palette.contrast("#000000", "#ffffff")).isEqualTo(21);
    assertThat(Palette.contrast("#777777", "#ffffff")).isBetween(4.47, 4.49);
  }

  private static void legible(String letters, List<String> surfaces) {
    assertThat(surfaces)
        .allSatisfy(surface -> assertThat(Palette.contrast(letters, surface))
            .as(letters + " on " + surface)
            .isGreaterThanOrEqualTo(Palette.LEAST_CONTRAST));
  }
}
