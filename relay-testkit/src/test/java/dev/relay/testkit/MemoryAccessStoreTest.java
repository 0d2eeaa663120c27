package dev.relay.testkit;

import dev.relay.core.access.AccessStore;
import dev.relay.core.memory.MemoryStore;

class MemoryAccessStoreTest extends AccessStoreContract {
  @Override
  protected AccessStore open() {
    return new MemoryStore();
  }

  @Override
  protected void close(AccessStore store) {
    ((MemoryStore) store).close();
  }
}
