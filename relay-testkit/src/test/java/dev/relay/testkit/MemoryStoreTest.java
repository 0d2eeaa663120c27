package dev.relay.testkit;

import dev.relay.core.memory.MemoryStore;
import dev.relay.core.store.Store;

class MemoryStoreTest extends StoreContract {
  @Override
  protected Store open() {
    return new MemoryStore();
  }
}
