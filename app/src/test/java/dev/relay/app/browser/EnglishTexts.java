package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The English texts of both pages and of Relay's notices, which readers of another language must not see. */
final class EnglishTexts {
  private static final Path ASSETS = Path.of(
      "..", "adapter-http", "src", "main", "resources", "dev", "relay", "http", "pages", "assets");
  private static final List<String> PROPERTIES =
      List.of("/dev/relay/core/notice/notices", "/dev/relay/core/virtualagent/faq");
  private static final Pattern OF_SCRIPT =
      Pattern.compile("^\\s*\"?[\\w.-]+\"?: \"(.*)\",$", Pattern.MULTILINE);
  private static final Pattern OF_PROPERTIES =
      Pattern.compile("^[\\w.-]+ ?= ?(.*)$", Pattern.MULTILINE);
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");
  private static final int LONG = 30;
  private static final String LETTERS = ".*\\p{L}{3}.*";

  /** Everything that the page says: texts, hidden ones too, and what is read out or shown on hovering. */
  private static final String SAID = """
      const said = [document.title];
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        if (!texts.currentNode.parentElement.closest("script, style, noscript")) {
          said.push(texts.currentNode.data);
        }
      }
      for (const name of ["aria-label", "title", "placeholder", "alt", "data-tooltip", "aria-description"]) {
        document.querySelectorAll(`[${name}]`).forEach((one) => said.push(one.getAttribute(name)));
      }
      return [...new Set(said.map((text) => text.replaceAll(/\\s+/g, " ").trim()).filter(Boolean))].join("\\n");
      """;

  private final List<Pattern> english;

  EnglishTexts() {
    Set<String> found = new TreeSet<>();
    Set<String> spanish = new TreeSet<>();
    for (Path script : scripts()) {
      String source = read(script);
      boolean isSpanish = script.toString().endsWith("-es.js");
      int end = isSpanish ? 0 : source.indexOf("\n  es: {");
      found.addAll(texts(end < 0 ? source : source.substring(0, end), OF_SCRIPT));
      spanish.addAll(texts(end < 0 ? "" : source.substring(end), OF_SCRIPT));
    }
    for (String file : PROPERTIES) {
      found.addAll(texts(resource(file + ".properties"), OF_PROPERTIES));
      spanish.addAll(texts(resource(file + "_es.properties"), OF_PROPERTIES));
    }
    found.removeAll(spanish);
    english = found.stream().map(EnglishTexts::pattern).toList();
  }

  /** Returns what the page says in English; empty if nothing is. */
  String saidBy(BrowserWindow window) {
    return window
        .script(SAID)
        .lines()
        .filter(text -> english.stream().anyMatch(each -> isIn(text, each)))
        .collect(Collectors.joining(" | "));
  }

  /** A long text is found within another one, too. */
  private static boolean isIn(String text, Pattern english) {
    return english.pattern().length() > LONG
        ? english.matcher(text).find()
        : english.matcher(text).matches();
  }

  private static Set<String> texts(String source, Pattern text) {
    return text.matcher(source)
        .results()
        .map(found -> found.group(1).replace("\\\"", "\""))
        .filter(each -> PLACEHOLDER.matcher(each).replaceAll(" ").matches(LETTERS))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A placeholder can be anything. */
  private static Pattern pattern(String text) {
    StringBuilder pattern = new StringBuilder();
    Matcher placeholder = PLACEHOLDER.matcher(text);
    int from = 0;
    while (placeholder.find()) {
      pattern.append(Pattern.quote(text.substring(from, placeholder.start()))).append(".*");
      from = placeholder.end();
    }
    return Pattern.compile(pattern.append(Pattern.quote(text.substring(from))).toString());
  }

  private static List<Path> scripts() {
    try (Stream<Path> files = Files.list(ASSETS)) {
      List<Path> scripts = files
          .filter(file -> file.getFileName().toString().matches(".+-texts(-e[ns])?\\.js"))
          .toList();
      assertThat(scripts).as("scripts of texts").hasSizeGreaterThan(5);
      return scripts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream stream = EnglishTexts.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is missing on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
