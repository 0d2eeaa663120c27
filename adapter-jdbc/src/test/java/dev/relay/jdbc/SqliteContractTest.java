package dev.relay.jdbc;

import dev.relay.core.store.Store;
import dev.relay.testkit.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteContractTest extends StoreContract {
  @TempDir
  Path folder;

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
