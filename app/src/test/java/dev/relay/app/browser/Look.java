package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks of an open page by script, so that one page load serves many shapes: nothing serious in axe-core's rules (WCAG 2.2 A and AA and its
 * good practices), contrast in light and dark, no horizontal scrolling from 320 pixels on, which is also 1280 pixels at 400 %, and targets
 * for fingers.
 */
final class Look {
  private static final String AXE = read("/axe.min.js");
  private static final String CONTRAST = read("contrast.js");
  private static final String TARGETS = read("targets.js");

  /** Axe's own check of contrast is left to {@link #CONTRAST}, which needs a tenth of its time and also decides about texts over others. */
  private static final String FINDINGS = """
      const done = arguments[arguments.length - 1];
      axe.run({ resultTypes: ["violations"], rules: { "color-contrast": { enabled: false } } })
        .then(({ violations }) => done(violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id} (${help}): ${html.slice(0, 200)}`))
          .join("\\n")), (failure) => done(String(failure)));
      """;

  private Look() {}

  /**
   * Checks the page in all shapes; it has the given one afterwards.
   *
   * @return what is wrong; empty if nothing is
   */
  static List<String> problems(BrowserWindow window, WindowShape shape) {
    List<String> problems = new ArrayList<>();
    add(problems, "axe-core", findings(window));
    for (WindowShape theme : List.of(shape, shape.inTheDark())) {
      window.show(theme);
      drawn(window, theme);
      add(problems, theme.dark() ? "contrast in the dark" : "contrast", window.script(CONTRAST));
    }
    WindowShape enlarged = new WindowShape(320, 256, false, false, shape.language());
    WindowShape phone = WindowShape.PHONE.wide(320);
    for (WindowShape one : List.of(enlarged, WindowShape.PHONE.wide(360), phone)) {
      window.show(one);
      overflow(problems, window, one);
    }
    add(problems, "for fingers", window.script(TARGETS));
    window.show(shape);
    overflow(problems, window, shape);
    return problems;
  }

  /** Waits until the page is drawn in that theme: two frames after the browser reports it. */
  private static void drawn(BrowserWindow window, WindowShape theme) {
    String isDark = "return String(matchMedia('(prefers-color-scheme: dark)').matches);";
    window.await("the theme", () -> window.script(isDark).equals(String.valueOf(theme.dark())));
    assertThat(
            window.scriptWithCallback(
                "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done('drawn')));"))
        .isEqualTo("drawn");
  }

  /** Returns the serious and critical findings of axe-core about the page as it is; empty if there are none. */
  static String findings(BrowserWindow window) {
    if (!window.script("return typeof window.axe;").equals("object")) {
      window.script(AXE);
    }
    return window.scriptWithCallback(FINDINGS);
  }

  private static void overflow(List<String> problems, BrowserWindow window, WindowShape shape) {
    int pixels = window.overflow();
    String where = "overflow at " + shape.width() + " × " + shape.height();
    add(problems, where, pixels > 0 ? pixels + " pixels" : "");
  }

  private static void add(List<String> problems, String what, String found) {
    if (!found.isEmpty()) {
      problems.add(what + ": " + found);
    }
  }

  private static String read(String name) {
    try (InputStream stream = Look.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is missing on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
