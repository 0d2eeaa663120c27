package dev.relay.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The sample articles agree with the rest of Relay. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SampleArticlesTest {
  private static final Path ARTICLES =
      Path.of("../adapter-lucene/src/main/resources/dev/relay/lucene/sample");
  private static final Path TEXTS =
      Path.of("../adapter-discord/src/main/resources/dev/relay/discord/texts");
  private static final Pattern COMMAND = Pattern.compile("`/([\\p{L}_]+)");
  private static final Pattern NAME = Pattern.compile("command\\.[a-z_]+");

  @Test
  void the_sample_articles_name_discord_s_commands_in_their_own_language() throws IOException {
    for (Map.Entry<String, String> language :
        Map.of("en", "commands.properties", "es", "commands_es.properties").entrySet()) {
      Set<String> commands = commands(TEXTS.resolve(language.getValue()));
      List<String> named = named(ARTICLES.resolve(language.getKey()));

      assertThat(named).as(language.getKey()).isNotEmpty().allMatch(commands::contains);
    }
  }

  private static Set<String> commands(Path file) throws IOException {
    Properties texts = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      texts.load(reader);
    }
    return texts.stringPropertyNames().stream()
        .filter(name -> NAME.matcher(name).matches())
        .map(texts::getProperty)
        .collect(Collectors.toSet());
  }

  private static List<String> named(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        all.append(Files.readString(file));
      }
    }
    return COMMAND
        .matcher(all)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
