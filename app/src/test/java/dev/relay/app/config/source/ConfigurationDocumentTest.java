package dev.relay.app.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.section.Sections;
import dev.relay.app.config.setting.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The list of settings in docs/configuration.md is generated from their declarations. Run with {@code -Drelay.docs.write=true} to
 * update it.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConfigurationDocumentTest {
  private static final String MARK =
      "<!-- settings: written by ConfigurationDocumentTest; do not edit below -->\n";

  private static final int MAX_WORDS = 18;

  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void every_setting_is_documented_and_every_documented_setting_exists() throws IOException {
    Path file = document();
    String text = Files.readString(file);
    int mark = text.indexOf(MARK);
    assertThat(mark).as("the mark in " + file).isPositive();
    String head = text.substring(0, mark + MARK.length());
    String expected = head + settings();
    if (Boolean.getBoolean("relay.docs.write")) {
      Files.writeString(file, expected);
    }

    assertThat(Files.readString(file))
        .as("docs/configuration.md; -Drelay.docs.write=true updates it")
        .isEqualTo(expected);
  }

  @Test
  void a_cell_of_the_tables_can_be_taken_in_at_a_glance() {
    for (Setting<?> setting : new Sections().catalogue().settings()) {
      for (String cell :
          List.of(setting.meaning(), setting.parser().brief(), setting.defaultText())) {
        assertThat(List.of(cell.split(" "))).as(setting.key()).hasSizeLessThanOrEqualTo(MAX_WORDS);
      }
    }
  }

  @Test
  void the_example_is_a_valid_configuration() throws Exception {
    Matcher example =
        Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(document()));
    assertThat(example.find()).isTrue();
    Path file = Files.writeString(folder.resolve("relay.yaml"), example.group(1));

    Configuration configuration =
        new ConfigurationSource(Map.of(), Map.of(), Optional.of(file)).load().configuration();

    assertThat(configuration.engine().ruleBook().rules()).hasSize(4);
    assertThat(configuration.engine().businessHours()).hasSize(2);
    assertThat(configuration.texts().notices()).hasSize(2);
  }

  private static String settings() {
    Map<String, StringBuilder> groups = new LinkedHashMap<>();
    for (Setting<?> setting : new Sections().catalogue().settings()) {
      StringBuilder group =
          groups.computeIfAbsent(setting.group(), name -> new StringBuilder(head(name)));
      group
          .append("| `")
          .append(setting.key())
          .append("`<br>`")
          .append(setting.variable())
          .append(setting.isSecret() ? "`, `…_FILE` | " : "` | ")
          .append(cell(setting.meaning()))
          .append(" | ")
          .append(cell(setting.parser().brief()))
          .append(" | ")
          .append(cell(setting.defaultText()))
          .append(" |\n");
    }
    return String.join("", groups.values());
  }

  private static String head(String group) {
    String title = group.isEmpty() ? "At the top" : "`" + group + "`";
    return "\n### " + title + "\n\n| setting | meaning | allowed | default |\n|---|---|---|---|\n";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }

  private static Path document() {
    Path here = Path.of("").toAbsolutePath();
    Path root = Files.exists(here.resolve("docs")) ? here : here.resolve("..");
    return root.resolve("docs/configuration.md");
  }
}
