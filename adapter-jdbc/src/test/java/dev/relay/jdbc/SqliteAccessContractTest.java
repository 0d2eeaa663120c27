package dev.relay.jdbc;

import dev.relay.core.access.AccessStore;
import dev.relay.testkit.AccessStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteAccessContractTest extends AccessStoreContract {
  @TempDir
  Path folder;

  @Override
  protected AccessStore open() {
    return JdbcStore.sqlite(MigratedFile.at(folder.resolve("relay.db")));
  }

  @Override
  protected void close(AccessStore store) {
    ((JdbcStore) store).close();
  }
}
