package dev.relay.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.Refusal;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.HandoffRequested.Reason;
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
  private static final Pattern IMPORTED =
      Pattern.compile("^(?:import|}).* from \"\\./([a-z.-]+)\";", Pattern.MULTILINE);
  /** A text that a script names; those that it composes are not found. */
  private static final Pattern SAID = Pattern.compile("texts\\.say\\(\"([\\w.-]+)\"");

  private static final Pattern IN_PAGE =
      Pattern.compile("data-(?:text|label|tooltip|placeholder)=\"([\\w.-]+)\"");
  /** An element of the page whose texts come with a part that is loaded later. */
  private static final Pattern LATER = Pattern.compile(
      "^( *)<(\\w+) [^>]*data-later=\"relay-(\\w+)\".*?^\\1</\\2>",
      Pattern.MULTILINE | Pattern.DOTALL);

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
        "desk-accounts-texts.js",
        "desk-bulk-texts.js",
        "desk-cases-texts.js",
        "desk-find-texts.js",
        "desk-merge-texts.js",
        "desk-team-texts.js",
        "desk-office-texts.js",
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

  @ParameterizedTest
  @ValueSource(strings = {"en", "es"})
  void every_reason_of_a_handoff_has_words(String language) throws IOException {
    Map<String, String> texts = texts("desk-texts-*.js", language);

    Arrays.stream(Reason.Code.values())
        // Old words that are none of Relay's sentences are shown as they are.
        .filter(code -> code != Reason.Code.WORDS)
        .forEach(code -> assertThat(placeholders(texts.getOrDefault("handoff." + code, "")))
            .as(code.name())
            .isEqualTo(
                code.parameters().stream().map(it -> "{" + it + "}").collect(Collectors.toSet())));
    assertThat(texts.keySet().stream().filter(it -> it.startsWith("handoff.")))
        .hasSize(Reason.Code.values().length - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "es"})
  void every_reason_of_an_end_has_words(String language) throws IOException {
    assertThat(texts("desk-texts-*.js", language).keySet().stream()
            .filter(it -> it.startsWith("endReason."))
            .map(it -> it.substring("endReason.".length())))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(EntryContent.EndReason.values()).map(Enum::name).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "es"})
  void every_reason_of_a_failed_delivery_has_words(String language) throws IOException {
    Map<String, String> texts = texts("desk-texts-*.js", language);

    Arrays.stream(DeliveryResult.Reason.Code.values())
        // An adapter's or the far side's own words are shown as they are.
        .filter(code -> code != DeliveryResult.Reason.Code.WORDS)
        .forEach(code -> assertThat(placeholders(texts.getOrDefault("failure." + code, "")))
            .as(code.name())
            .isEqualTo(
                code.parameters().stream().map(it -> "{" + it + "}").collect(Collectors.toSet())));
    assertThat(texts.keySet().stream().filter(it -> it.startsWith("failure.")))
        .hasSize(DeliveryResult.Reason.Code.values().length - 1);
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
    assertThat(texts("desk-cases-texts.js", "en").keySet())
        .containsAll(HISTORY.stream().map("case.change."::concat).toList());
  }

  /** What is loaded later brings its own texts; what is there from the beginning must not need them. */
  @ParameterizedTest
  @ValueSource(strings = {"", "accounts", "cases", "office"})
  void each_part_of_the_desk_finds_the_texts_that_it_names(String part) throws IOException {
    Set<String> modules = modules("desk.js", new TreeSet<>());
    Map<String, String> known = texts("common-texts.js", "en");
    known.putAll(texts("desk-texts-*.js", "en"));
    String page = Files.readString(ASSETS.resolveSibling("desk.html"));
    String elements = LATER.matcher(page).replaceAll("");
    if (!part.isEmpty()) {
      known.putAll(texts("desk-" + part + "-texts.js", "en"));
      Set<String> all = modules("desk-part-" + part + ".js", new TreeSet<>());
      all.removeAll(modules);
      modules = all;
      elements = LATER
          .matcher(page)
          .results()
          .filter(found -> found.group(3).equals(part))
          .map(MatchResult::group)
          .collect(Collectors.joining());
    }
    Set<String> named = IN_PAGE
        .matcher(elements)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
    modules.stream()
        .filter(module -> module.startsWith("desk"))
        .flatMap(module -> SAID.matcher(read(ASSETS.resolve(module))).results())
        .map(found -> found.group(1))
        .forEach(named::add);

    assertThat(named)
        .hasSizeGreaterThan(20)
        .allMatch(key -> known.containsKey(key) || known.containsKey(key + ".one"));
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

  /** Adds a module and those that it imports. */
  private static Set<String> modules(String module, Set<String> found) {
    if (found.add(module) && Files.exists(ASSETS.resolve(module))) {
      IMPORTED
          .matcher(read(ASSETS.resolve(module)))
          .results()
          .forEach(imported -> modules(imported.group(1), found));
    }
    return found;
  }

  /** It takes them from the texts of the desk. */
  @Test
  void the_page_that_sets_a_password_finds_the_texts_that_it_names() throws IOException {
    Map<String, String> known = texts("common-texts.js", "en");
    known.putAll(texts("desk-texts-*.js", "en"));
    Set<String> named = new TreeSet<>();
    IN_PAGE
        .matcher(Files.readString(ASSETS.resolveSibling("setup.html")))
        .results()
        .forEach(found -> named.add(found.group(1)));
    SAID.matcher(read(ASSETS.resolve("setup.js")))
        .results()
        .forEach(found -> named.add(found.group(1)));

    assertThat(named).hasSizeGreaterThan(8);
    assertThat(known.keySet()).containsAll(named);
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
