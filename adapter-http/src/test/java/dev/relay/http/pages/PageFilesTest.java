package dev.relay.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.workspace.Workspace.Picture;
import dev.relay.http.web.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real pages, bundled. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PageFilesTest {
  /** The most bytes that a page and all it refers to may have on the wire. */
  private static final int MOST_BYTES = 90_000;

  /** What a page loads only once it is used. */
  private static final Pattern LATER =
      Pattern.compile("<meta name=\"relay-(?:accounts|bulk|cases|find|merge|office|team)\"[^>]*>");
  /** The most bytes on the wire of what is loaded later: a moment on a slow connection. */
  private static final int MOST_LATER_BYTES = 20_000;

  private static final Pattern ASSET = Pattern.compile("\"(?:\\.\\./)?assets/([^\"]+)\"");

  private final PageFiles files = new PageFiles(ChatLook.DEFAULT, new Json());

  @ParameterizedTest
  @ValueSource(strings = {"chat.html", "desk.html", "setup.html"})
  void a_page_and_what_it_refers_to_are_few_and_small(String name) {
    PageFile page = files.page(name);
    List<String> assets = assets(page);

    int bytes = page.content(true).length;
    for (String file : assets) {
      PageFiles.Asset asset = files.asset(file).orElseThrow();
      assertThat(asset.isCurrent()).as(file).isTrue();
      bytes += asset.file().content(true).length;
    }

    assertThat(assets).hasSizeLessThanOrEqualTo(5).doesNotHaveDuplicates();
    assertThat(bytes).isLessThan(MOST_BYTES);
  }

  @Test
  void what_a_page_loads_later_is_small_and_named_by_its_content() {
    List<String> later = later(files.page("desk.html"));

    assertThat(later).hasSize(7).allSatisfy(name -> {
      PageFiles.Asset asset = files.asset(name).orElseThrow();
      assertThat(asset.isCurrent()).isTrue();
      assertThat(asset.file().content(true).length).isLessThan(MOST_LATER_BYTES);
    });
  }

  @Test
  void a_part_has_only_what_its_page_lacks_and_the_page_gives_it_the_rest() {
    PageFile page = files.page("desk.html");
    String script = assets(page).stream()
        .filter(file -> file.startsWith("desk-"))
        .map(this::script)
        .findFirst()
        .orElseThrow();
    Pattern taken = Pattern.compile("=globalThis\\.relayModules\\[(\"[a-z.-]+\")];");

    assertThat(later(page).stream().filter(file -> file.startsWith("desk-part-")))
        .hasSize(6)
        .map(this::script)
        .allSatisfy(part -> {
          assertThat(part).doesNotContain("class Texts", "function reasonOf");
          assertThat(taken.matcher(part).results().map(found -> found.group(1)))
              .contains("\"question.js\"")
              .allSatisfy(module -> assertThat(script).contains(module + ":$m"));
        });
    assertThat(later(page)).map(this::script).noneMatch(part -> part.contains("class Texts"));
    assertThat(script)
        .doesNotContain(
            "class DeskCases", "class CasePanel", "class DeskSettings", "function BulkBar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat.html", "desk.html", "setup.html"})
  void a_page_has_every_icon_that_it_and_its_scripts_show(String name) {
    String page = text(files.page(name));

    Matcher shown = Pattern.compile("<use href=\"#(icon-[a-z]+)\"").matcher(page);
    assertThat(shown.results().map(found -> found.group(1)))
        .isNotEmpty()
        .allSatisfy(icon -> assertThat(page).contains("<symbol id=\"" + icon + "\""));
    assertThat(page).doesNotContain("icons.svg");
  }

  @Test
  void every_icon_that_a_script_names_exists() throws IOException {
    Path assets = Path.of("src/main/resources/dev/relay/http/pages/assets");
    String sprite = Files.readString(assets.resolve("icons.svg"));
    Pattern named = Pattern.compile("\\bicon\\(\"([a-z]+)\"\\)|\\bicon: \"([a-z]+)\"");
    try (var scripts = Files.list(assets)) {
      for (Path script : scripts.filter(file -> file.toString().endsWith(".js")).toList()) {
        named.matcher(Files.readString(script)).results().forEach(found -> {
          String icon = found.group(1) == null ? found.group(2) : found.group(1);
          assertThat(sprite).as(script + ": " + icon).contains("<symbol id=\"" + icon + "\"");
        });
      }
    }
  }

  @Test
  void a_name_changes_with_the_content_only_and_an_old_name_leads_to_the_present_content() {
    String current = assets(files.page("chat.html")).stream()
        .filter(file -> file.endsWith(".js"))
        .findFirst()
        .orElseThrow();
    String old = current.replaceFirst("-[0-9a-f]{12}\\.", "-000000000000.");

    assertThat(assets(new PageFiles(ChatLook.DEFAULT, new Json()).page("chat.html")))
        .contains(current);
    PageFiles.Asset answer = files.asset(old).orElseThrow();
    assertThat(answer.isCurrent()).isFalse();
    assertThat(answer.file().hash())
        .isEqualTo(files.asset(current).orElseThrow().file().hash());
  }

  @Test
  void the_look_that_an_operator_has_chosen_comes_with_the_page_and_is_only_text() {
    ChatLook look = new ChatLook(
        Optional.of("<b>\"Ana's\" & co</b>"),
        Optional.of("#0b5d3b"),
        Optional.of(logo()),
        Map.of("en", "$1 hello"),
        Map.of("en", List.of("Where is my order?")),
        Map.of("es", Map.of("chat.end", "<i>Adiós</i>")));
    PageFiles chosen = new PageFiles(look, new Json());
    String page = text(chosen.page("chat.html"));
    String style = assets(chosen.page("chat.html")).stream()
        .filter(file -> file.endsWith(".css"))
        .findFirst()
        .orElseThrow();

    assertThat(page)
        .contains("&lt;b>\\&quot;Ana's\\&quot; &amp; co&lt;/b>", "$1 hello", "Where is my order?")
        .contains(
            "&quot;texts&quot;:{&quot;es&quot;:{&quot;chat.end&quot;:&quot;&lt;i>Adiós&lt;/i>&quot;}}")
        .doesNotContain("<b>");
    assertThat(text(chosen.asset(style).orElseThrow().file())).contains("--accent-fill:#0b5d3b");
    assertThat(text(chosen.launcher())).contains("fill: \"#0b5d3b\"").doesNotContain("#4149bf");
    assertThat(text(files.launcher())).contains("fill: \"#4149bf\"");
    assertThat(text(chosen.page("desk.html"))).doesNotContain("relay-look");
  }

  @Test
  void the_logo_is_an_asset_of_the_chat_under_a_name_that_changes_with_it() {
    ChatLook look = new ChatLook(
        Optional.empty(), Optional.empty(), Optional.of(logo()), Map.of(), Map.of(), Map.of());
    PageFiles chosen = new PageFiles(look, new Json());
    Matcher named = Pattern.compile("&quot;logo&quot;:&quot;assets/(logo-[0-9a-f]{12}\\.png)&quot;")
        .matcher(text(chosen.page("chat.html")));

    assertThat(named.find()).isTrue();
    PageFiles.Asset asset = chosen.asset(named.group(1)).orElseThrow();
    assertThat(asset.isCurrent()).isTrue();
    assertThat(asset.file().mediaType()).isEqualTo("image/png");
    assertThat(asset.file().content(false)).isEqualTo(logo().content());
    assertThat(chosen.asset("logo-000000000000.png").orElseThrow().isCurrent()).isFalse();
    assertThat(text(chosen.page("desk.html"))).doesNotContain("logo-");
    assertThat(files.asset("logo-000000000000.png")).isEmpty();
  }

  /** A picture of one pixel. */
  private static Picture logo() {
    return Picture.of(
        Base64.getDecoder()
            .decode(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="));
  }

  @Test
  void a_compressed_file_has_the_same_content() throws IOException {
    PageFile page = files.page("desk.html");

    assertThat(page.isCompressed(true)).isTrue();
    assertThat(page.isCompressed(false)).isFalse();
    try (GZIPInputStream unpacked =
        new GZIPInputStream(new ByteArrayInputStream(page.content(true)))) {
      assertThat(unpacked.readAllBytes()).isEqualTo(page.content(false));
    }
  }

  /** Rules of the same weight that came later would show on paper what can only be pressed. */
  @ParameterizedTest
  @ValueSource(strings = {"desk.html", "chat.html"})
  void the_rules_for_paper_come_after_all_others(String page) {
    List<String> styles = assets(files.pageOfSources(page)).stream()
        .filter(file -> file.endsWith(".css"))
        .toList();

    assertThat(styles).endsWith("print.css");
    assertThat(styles)
        .filteredOn(file -> text(files.asset(file).orElseThrow().file()).contains("@media print"))
        .containsExactly("print.css");
  }

  @Test
  void the_sources_can_be_used_without_a_bundle() {
    List<String> assets = assets(files.pageOfSources("desk.html"));

    assertThat(assets).contains("desk.js", "base.css");
    List<String> modules = new ArrayList<>(List.of("desk.js"));
    Pattern imported = Pattern.compile("(?:from ?|import )\"([^\"]+)\"");
    for (int i = 0; i < modules.size(); i++) {
      String source = text(files.asset(modules.get(i)).orElseThrow().file());
      imported.matcher(source).results().map(found -> found.group(1)).forEach(name -> {
        assertThat(name).startsWith("./");
        if (!modules.contains(name.substring(2))) {
          modules.add(name.substring(2));
        }
      });
    }
    assertThat(modules).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing.js",
        "nothing-0123456789ab.js",
        "../chat.html",
        "page-nothing-0123456789ab.css",
        ".hidden",
        "chat.html",
        "icons"
      })
  void there_is_nothing_else(String name) {
    assertThat(files.asset(name)).isEmpty();
  }

  private String script(String file) {
    return text(files.asset(file).orElseThrow().file());
  }

  private static List<String> later(PageFile page) {
    return LATER
        .matcher(text(page))
        .results()
        .flatMap(meta -> ASSET.matcher(meta.group()).results())
        .map(found -> found.group(1))
        .toList();
  }

  private static List<String> assets(PageFile page) {
    String atOnce = LATER.matcher(text(page)).replaceAll("");
    return ASSET.matcher(atOnce).results().map(found -> found.group(1)).toList();
  }

  private static String text(PageFile file) {
    return new String(file.content(false), StandardCharsets.UTF_8);
  }
}
