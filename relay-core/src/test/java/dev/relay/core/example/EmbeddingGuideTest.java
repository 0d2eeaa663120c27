package dev.relay.core.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The agreement of the guide and the README with the example that is compiled and run. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EmbeddingGuideTest {

  @Test
  void the_guide_shows_the_example_as_it_is_compiled_and_run() throws IOException {
    String guide = Files.readString(Path.of("../docs/embedding.md"));
    String example =
        Files.readString(Path.of("src/test/java/dev/relay/core/example/EmbeddedRelay.java"));

    assertThat(guide).contains(example.strip());
  }

  @Test
  void the_code_on_the_first_screen_of_the_README_is_part_of_the_example() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    String example =
        Files.readString(Path.of("src/test/java/dev/relay/core/example/EmbeddedRelay.java"));

    List<String> code = readme
        .substring(readme.indexOf("```java") + "```java".length(), readme.indexOf("\n```\n"))
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();

    assertThat(code).hasSize(10).allSatisfy(line -> assertThat(example).contains(line));
  }

  @Test
  void the_example_has_at_most_thirty_lines_without_imports() throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("src/test/java/dev/relay/core/example/EmbeddedRelay.java"));

    assertThat(lines)
        .filteredOn(line -> !line.isBlank())
        .filteredOn(line -> !line.startsWith("import ") && !line.startsWith("package "))
        .hasSizeLessThanOrEqualTo(30);
  }
}
