package dev.relay.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The property files of the core, each of which must be complete: a new language is a new file and nothing else. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShippedWordingTest {
  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[a-z]+}");

  static List<Path> translations() throws IOException {
    try (Stream<Path> files = Files.walk(RESOURCES)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[a-z]+_\\w+\\.properties"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("translations")
  void a_translation_has_the_texts_of_the_English_file_with_the_same_placeholders(Path file)
      throws IOException {
    String name = file.getFileName().toString();
    Properties english = load(file.resolveSibling(name.replaceAll("_.*", ".properties")));
    Properties translated = load(file);

    assertThat(translated.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
    for (String text : english.stringPropertyNames()) {
      assertThat(placeholders(translated.getProperty(text)))
          .as(text)
          .isEqualTo(placeholders(english.getProperty(text)));
    }
  }

  private static Set<String> placeholders(String text) {
    return PLACEHOLDER
        .matcher(text)
        .results()
        .map(match -> match.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Properties load(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }
}
