package dev.relay.jdbc;

import dev.relay.core.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteContractTest extends JdbcContract {
  @TempDir
  Path folder;

  @Override
  String url() {
    return "jdbc:sqlite:" + folder.resolve("relay.db");
  }

  @Override
  protected Store open() {
    return JdbcStore.sqlite(MigratedFile.at(folder.resolve("relay.db")));
  }

  @Override
  protected Store reopen(Store store) {
    store.close();
    return open();
  }
}
