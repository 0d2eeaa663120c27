package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.address;
import static dev.relay.app.config.setting.Parsers.path;

import dev.relay.app.config.StorageSettings;
import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import java.nio.file.Path;
import java.util.Optional;

/** The place of the data. */
final class StorageSection extends Section<StorageSettings> {
  private final Setting<Path> dataDir = setting(
      "dataDir",
      path(),
      Path.of("relay-data"),
      "./relay-data",
      "Folder of the SQLite database, created if missing. Must be on a local disk.");
  private final Setting<Optional<String>> databaseUrl = optional(
      "database.url",
      address(
          "a JDBC address: jdbc:sqlite:/path/relay.db",
          text -> text.matches("jdbc:sqlite:.{1,1000}") ? Optional.of(text) : Optional.empty()),
      "The database. Default: the file relay.db in the data folder.");

  @Override
  public StorageSettings read(Values values) {
    return new StorageSettings(values.get(dataDir), values.get(databaseUrl));
  }
}
