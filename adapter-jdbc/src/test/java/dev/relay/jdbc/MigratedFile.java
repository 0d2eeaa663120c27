package dev.relay.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An empty database with all tables, created once: migrating a new file for every test takes most of the tests' time. */
final class MigratedFile {
  private static final byte[] CONTENT = create();

  private MigratedFile() {}

  /** Writes the database to that file if the file does not exist; returns the file. */
  static Path at(Path file) {
    try {
      if (!Files.exists(file)) {
        Files.write(file, CONTENT);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] create() {
    try {
      Path folder = Files.createTempDirectory("relay-migrated");
      Path file = folder.resolve("relay.db");
      JdbcStore.sqlite(file).close();
      byte[] content = Files.readAllBytes(file);
      Files.delete(Path.of(file + ".lock"));
      Files.delete(file);
      Files.delete(folder);
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
