package dev.relay.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of the pages: complete in each language, and no text of the server shown raw. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PageTextsTest {
  private static final Path ASSETS = Path.of("src/main/resources/dev/relay/http/pages/assets");
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern TEXT =
      Pattern.compile("^\\s*\"?([\\w.-]+)\"?: \"(.*)\",$", Pattern.MULTILINE);
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");
  /** A problem's code is the first text among the arguments of the methods that make problems. */
  private static final Pattern PROBLEM = Pattern.compile(
      "(?:Problem\\s*\\.\\s*|[^.\\w])(?:of\\(\\s*\\d+,|conflict\\(|forbidden\\(|unavailable\\(|new Problem\\(\\s*\\d+,)\\s*\"([a-z-]+)\"");
  /** The fields of SupportCase that a change can set, and the other entries of its history. */
  private static final List<String> HISTORY = List.of(
      "assignee",
      "created",
      "duplicate",
      "kind",
      "macro",
      "merged",
      "note",
      "priority",
      "queue",
      "rating",
      "related",
      "snoozed",
      "status",
      "subject",
      "tags");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "common-texts.js",
        "chat-texts.js",
        "problem-texts.js",
        "desk-find-texts.js",
        "desk-merge-texts.js",
        "desk-team-texts.js",
        "desk-texts-*.js"
      })
  void both_languages_have_the_same_texts_with_the_same_places_for_values(String file)
      throws IOException {
    Map<String, String> english = texts(file, "en");
    Map<String, String> spanish = texts(file, "es");

    assertThat(english).isNotEmpty();
    assertThat(spanish.keySet()).isEqualTo(english.keySet());
    english.forEach((key, text) -> assertThat(placeholders(spanish.getOrDefault(key, "")))
        .as(key)
        .isEqualTo(placeholders(text)));
  }

  @Test
  void every_problem_has_a_text() throws IOException {
    Set<String> codes = Arrays.stream(Refusal.Code.values())
        .map(code -> code.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .collect(Collectors.toCollection(TreeSet::new));
    try (Stream<Path> sources = Files.walk(SOURCES)) {
      sources
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(file -> PROBLEM.matcher(read(file)).results())
          .map(found -> found.group(1))
          .forEach(codes::add);
    }

    assertThat(codes).contains("already-taken", "not-found", "not-json", "too-many", "overloaded");
    assertThat(texts("problem-texts.js", "en").keySet()).containsAll(codes);
  }

  @Test
  void every_entry_of_a_case_history_has_a_text() throws IOException {
    assertThat(texts("desk-texts-*.js", "en").keySet())
        .containsAll(HISTORY.stream().map("case.change."::concat).toList());
  }

  @Test
  void pages_show_no_text_of_a_problem_as_the_server_wrote_it() throws IOException {
    try (Stream<Path> scripts = Files.list(ASSETS)) {
      List<String> raw = scripts
          .filter(file -> file.toString().endsWith(".js"))
          .filter(file -> read(file).contains("failure.message"))
          .map(file -> file.getFileName().toString())
          .toList();

      assertThat(raw).isEmpty();
    }
  }

  private static Set<String> placeholders(String text) {
    return PLACEHOLDER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Reads the texts of a language: from a file of its own, or from its part of the file. */
  private static Map<String, String> texts(String file, String language) throws IOException {
    if (file.contains("*")) {
      return in(Files.readString(ASSETS.resolve(file.replace("*", language))));
    }
    String all = Files.readString(ASSETS.resolve(file));
    int english = all.indexOf("\n  en: {");
    int spanish = all.indexOf("\n  es: {");
    return in(language.equals("en") ? all.substring(english, spanish) : all.substring(spanish));
  }

  private static Map<String, String> in(String part) {
    Matcher matcher = TEXT.matcher(part);
    return matcher.results().collect(Collectors.toMap(it -> it.group(1), it -> it.group(2)));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
