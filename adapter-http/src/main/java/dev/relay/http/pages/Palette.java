package dev.relay.http.pages;

import java.util.List;
import java.util.Locale;

/**
 * The colours of the chat that follow from the colour of a brand. Every text has a contrast of at least 4.5 to its background (WCAG 2.2,
 * 1.4.3), whatever the colour: letters on it are white or black, and where it colours letters itself it is darkened or lightened as far
 * as necessary. Immutable.
 *
 * @param fill the background of buttons and of the customer's messages
 * @param fillHover the same under the pointer
 * @param onFill letters on both
 * @param light the colours for letters and soft backgrounds on light surfaces
 * @param dark the colours for letters and soft backgrounds on dark surfaces
 */
record Palette(String fill, String fillHover, String onFill, Tones light, Tones dark) {
  static final double LEAST_CONTRAST = 4.5;

  /** The surfaces of base.css behind coloured letters. */
  static final List<String> LIGHT_SURFACES = List.of("#ffffff", "#f4f5f8", "#eef0f5", "#f1f2f8");

  static final List<String> DARK_SURFACES = List.of("#191c26", "#11131a", "#21252f", "#252a37");

  private static final Rgb WHITE = new Rgb(255, 255, 255);
  private static final Rgb BLACK = new Rgb(0, 0, 0);
  private static final double SOFT = 0.88;
  private static final double HOVER = 0.14;
  private static final double STEP = 0.02;

  /**
   * Colours on surfaces.
   *
   * @param letters links and icons
   * @param soft a background that only hints at the colour
   */
  record Tones(String letters, String soft) {}

  /** Returns the palette of a colour such as {@code #4149bf}. */
  static Palette of(String colour) {
    Rgb fill = Rgb.of(colour);
    boolean isDark = contrast(WHITE, fill) >= LEAST_CONTRAST;
    Rgb on = isDark ? WHITE : BLACK;
    return new Palette(
        fill.text(),
        fill.mixed(isDark ? BLACK : WHITE, HOVER).text(),
        on.text(),
        tones(fill, LIGHT_SURFACES, BLACK),
        tones(fill, DARK_SURFACES, WHITE));
  }

  /** Returns the contrast of two colours, 1 to 21. */
  static double contrast(String one, String other) {
    return contrast(Rgb.of(one), Rgb.of(other));
  }

  private static Tones tones(Rgb colour, List<String> surfaces, Rgb away) {
    Rgb soft = colour.mixed(Rgb.of(surfaces.get(0)), SOFT);
    double amount = 0;
    Rgb letters = colour;
    while (amount < 1 && !isLegible(letters, soft, surfaces)) {
      amount += STEP;
      letters = colour.mixed(away, Math.min(1, amount));
    }
    return new Tones(letters.text(), soft.text());
  }

  private static boolean isLegible(Rgb letters, Rgb soft, List<String> surfaces) {
    return contrast(letters, soft) >= LEAST_CONTRAST
        && surfaces.stream()
            .allMatch(surface -> contrast(letters, Rgb.of(surface)) >= LEAST_CONTRAST);
  }

  private static double contrast(Rgb one, Rgb other) {
    double bright = Math.max(one.luminance(), other.luminance());
    double dim = Math.min(one.luminance(), other.luminance());
    return (bright + 0.05) / (dim + 0.05);
  }

  /** Returns the style sheet that follows base.css. */
  String css() {
    return ":root{" + css(light) + "}\n@media (prefers-color-scheme:dark){:root{" + css(dark)
        + "}}\n";
  }

  private String css(Tones tones) {
    return "--accent-fill:" + fill + ";--accent-fill-hover:" + fillHover + ";--on-accent:" + onFill
        + ";--on-accent-muted:" + onFill + ";--accent:" + tones.letters() + ";--accent-soft:"
        + tones.soft();
  }

  private record Rgb(int red, int green, int blue) {
    static Rgb of(String colour) {
      int value = Integer.parseInt(colour.substring(1), 16);
      return new Rgb(value >> 16, (value >> 8) & 255, value & 255);
    }

    /** Returns the colour mixed with that much of another, 0 to 1. */
    Rgb mixed(Rgb other, double amount) {
      return new Rgb(
          mixed(red, other.red, amount),
          mixed(green, other.green, amount),
          mixed(blue, other.blue, amount));
    }

    private static int mixed(int one, int other, double amount) {
      return (int) Math.round(one + (other - one) * amount);
    }

    /** Returns the relative luminance (WCAG 2.2). */
    double luminance() {
      return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int value) {
      double share = value / 255.0;
      return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    String text() {
      return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }
  }
}
