package dev.relay.jdbc;

import dev.relay.core.store.Store;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The tests of a server's one database run one after the other. */
@ResourceLock(PostgresDatabase.LOCK)
class PostgresContractTest extends JdbcContract {

  @Override
  String url() {
    return PostgresDatabase.url();
  }

  @Override
  protected Store open() {
    return open(PostgresDatabase.emptied());
  }

  private static Store open(String url) {
    return JdbcStore.open(url, InstantSource.system(), new Random(1));
  }

  @Override
  protected Store reopen(Store store) {
    store.close();
    return open(url());
  }
}
