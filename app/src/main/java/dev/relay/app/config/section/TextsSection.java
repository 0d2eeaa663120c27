package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.path;

import dev.relay.app.config.TextSettings;
import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The operator's own texts. */
final class TextsSection extends Section<TextSettings> {
  private final Setting<Map<String, String>> notices = setting(
      "notices",
      new NoticesParser(),
      Map.of(),
      "none",
      "Texts that replace Relay's own notices to customers. Placeholders such as {case} are filled in.");
  private final Setting<Optional<Path>> dir = optional(
      "texts.dir",
      path(),
      "Folder of files that replace texts or add languages, such as notices_de.properties.");

  @Override
  public TextSettings read(Values values) {
    return new TextSettings(values.get(dir), values.get(notices));
  }
}
