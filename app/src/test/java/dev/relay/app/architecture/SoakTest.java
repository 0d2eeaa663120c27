package dev.relay.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A tag leaves a test out of the usual build. These rules make sure that continuous integration runs it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SoakTest {
  private static final Path PROJECT =
      Files.isDirectory(Path.of("..", "docs")) ? Path.of("..") : Path.of("");
  private static final Pattern TAG = Pattern.compile("^ *@Tag\\((.*)\\)", Pattern.MULTILINE);

  @Test
  void a_tagged_test_runs_in_the_profile_soak_or_belongs_to_the_measurement_of_search_quality()
      throws Exception {
    SortedMap<String, List<String>> tags = tagsOfTests();

    assertThat(tags).isNotEmpty().allSatisfy((file, values) -> {
      assertThat(values).containsOnly(file.contains("retrieval") ? "\"retrieval\"" : "\"soak\"");
      assertThat(file).as("Maven finds it").matches(".*(Test|IT|Benchmark)\\.java");
    });
    assertThat(pom("/project/properties/test.excluded-tags")).isEqualTo("soak");
    assertThat(pom("count(/project/profiles/profile[id='soak']/properties/test.excluded-tags)"))
        .isEqualTo("1");
    assertThat(pom("/project/profiles/profile[id='soak']/properties/test.excluded-tags"))
        .as("tags that the profile soak excludes")
        .isEmpty();
  }

  @Test
  void continuous_integration_runs_the_whole_build_in_that_profile() throws IOException {
    assertThat(Files.readString(PROJECT.resolve(".ci/run")))
        .contains("\n${test_command} -Psoak \"${options[@]}\"\n");
  }

  private static SortedMap<String, List<String>> tagsOfTests() throws IOException {
    SortedMap<String, List<String>> found = new TreeMap<>();
    try (Stream<Path> modules = Files.list(PROJECT)) {
      for (Path tests : modules.map(module -> module.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(tests)) {
          addTags(tests, found);
        }
      }
    }
    return found;
  }

  private static void addTags(Path tests, SortedMap<String, List<String>> found)
      throws IOException {
    try (Stream<Path> files = Files.walk(tests)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        List<String> tags = TAG.matcher(Files.readString(file))
            .results()
            .map((MatchResult tag) -> tag.group(1))
            .toList();
        if (!tags.isEmpty()) {
          found.put(file.toString(), tags);
        }
      }
    }
  }

  private static String pom(String path) throws Exception {
    var document = DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(PROJECT.resolve("pom.xml").toFile());
    return XPathFactory.newInstance().newXPath().evaluate(path, document);
  }
}
