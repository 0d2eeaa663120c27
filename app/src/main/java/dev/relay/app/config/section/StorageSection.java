package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.address;
import static dev.relay.app.config.setting.Parsers.path;

import dev.relay.app.config.Secret;
import dev.relay.app.config.StorageSettings;
import dev.relay.app.config.setting.Parsers;
import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import java.nio.file.Path;
import java.util.Optional;

/** The place of the data. */
final class StorageSection extends Section<StorageSettings> {
  /** PostgreSQL's driver has no place for a user before the host, so that a password there would only be shown. */
  private static final String ADDRESS =
      "jdbc:sqlite:.{1,1000}|jdbc:postgresql://[^@?\\s]{1,500}(\\?\\S{0,500})?";

  private final Setting<Path> dataDir = setting(
      "dataDir",
      path(),
      Path.of("relay-data"),
      "./relay-data",
      "Folder of the SQLite database, created if missing. Must be on a local disk.");
  private final Setting<Optional<String>> databaseUrl = optional(
      "database.url",
      address(
          "a JDBC address: jdbc:sqlite:/path/relay.db or jdbc:postgresql://host:5432/database",
          text -> text.matches(ADDRESS) ? Optional.of(text) : Optional.empty()),
      "The database. Default: the file relay.db in the data folder.");
  private final Setting<Optional<String>> user = optional(
      "database.user",
      Parsers.text(128),
      "User of a PostgreSQL database, who owns it or a schema of it.");
  private final Setting<Optional<Secret>> password =
      secret("database.password", "Password of that user.");

  @Override
  public StorageSettings read(Values values) {
    return new StorageSettings(
        values.get(dataDir), values.get(databaseUrl), values.get(user), values.get(password));
  }
}
