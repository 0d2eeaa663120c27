package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.language;
import static dev.relay.app.config.setting.Parsers.path;

import dev.relay.app.config.KnowledgeSettings;
import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The knowledge base. */
final class KnowledgeSection extends Section<KnowledgeSettings> {
  private final Setting<Optional<Path>> dir = optional(
      "knowledge.dir",
      path(),
      "Folder of Markdown articles, reloaded when a file changes. Default: a small sample.");
  private final Setting<Locale> language = setting(
      "knowledge.language",
      language(),
      Locale.ENGLISH,
      "Language of articles that do not name theirs.");

  @Override
  public KnowledgeSettings read(Values values) {
    return new KnowledgeSettings(values.get(dir), values.get(language));
  }
}
