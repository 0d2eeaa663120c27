package dev.relay.jdbc;

import dev.relay.core.access.AccessStore;
import dev.relay.testkit.AccessStoreContract;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The tests of a server's one database run one after the other. */
@ResourceLock(PostgresDatabase.LOCK)
class PostgresAccessContractTest extends AccessStoreContract {

  @Override
  protected AccessStore open() {
    return JdbcStore.open(PostgresDatabase.emptied(), InstantSource.system(), new Random(1));
  }

  @Override
  protected void close(AccessStore store) {
    ((JdbcStore) store).close();
  }
}
