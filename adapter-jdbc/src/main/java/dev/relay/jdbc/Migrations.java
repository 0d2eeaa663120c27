package dev.relay.jdbc;

import dev.relay.core.store.StoreException;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/** Brings a database to the tables of this program, and refuses one that a newer program wrote. */
final class Migrations {
  private final Flyway flyway;

  Migrations(Dialect dialect) {
    this.flyway = Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(dialect.migrator())
        .locations("classpath:" + dialect.migrations())
        .load();
  }

  void run() {
    try {
      MigrationInfoService known = flyway.info();
      Optional<String> newer = newerVersion(known);
      if (newer.isPresent()) {
        throw new StoreException(
            "the database was written by a newer Relay (its tables have version " + newer.get()
                + "): start that version again, or restore a backup from before the update");
      }
      if (known.pending().length > 0) {
        flyway.migrate();
      }
    } catch (FlywayException e) {
      throw new StoreException(
          "the database could not be brought to this version: " + e.getMessage(), e);
    }
  }

  private static Optional<String> newerVersion(MigrationInfoService known) {
    for (MigrationInfo each : known.all()) {
      if (each.getState().isApplied() && !each.getState().isResolved()) {
        return Optional.of(String.valueOf(each.getVersion()));
      }
    }
    return Optional.empty();
  }
}
