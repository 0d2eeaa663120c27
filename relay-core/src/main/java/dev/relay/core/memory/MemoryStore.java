package dev.relay.core.memory;

import dev.relay.core.access.AccessStore;
import dev.relay.core.access.AccessStore.AccessTokens;
import dev.relay.core.access.AccessStore.AgentAccounts;
import dev.relay.core.delivery.Health;
import dev.relay.core.message.Attachments;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import dev.relay.core.workspace.Workspace;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A store in memory: nothing survives the process; everything else follows the contract. Deterministic: the same calls in the
 * same order give the same results and ids. For tests, simulations and first trials. Thread-safe; reads never wait.
 */
public final class MemoryStore implements Store, AccessStore {
  private final ReentrantLock writing = new ReentrantLock();
  private final Attachments attachments =
      new MemoryAttachments(id -> published().referenced.contains(id));
  private final AgentAccounts accounts = new MemoryAccounts(this);
  private final AccessTokens tokens = new MemoryTokens();
  private final Workspace workspace = new MemoryWorkspace();
  private volatile State published = new State();
  private volatile boolean closed;

  /** Creates an empty store. */
  public MemoryStore() {}

  @Override
  public <T> T write(Function<Transaction, T> work) {
    return change(state -> work.apply(new MemoryTransaction(state)));
  }

  <T> T change(Function<State, T> work) {
    if (writing.isHeldByCurrentThread()) {
      throw new IllegalStateException("a write cannot begin within a write");
    }
    writing.lock();
    try {
      checkOpen();
      State next = published.copy();
      T result = work.apply(next);
      published = next;
      return result;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public <T> T read(Function<Queries, T> query) {
    checkOpen();
    return query.apply(new MemoryQueries(published));
  }

  @Override
  public Attachments attachments() {
    return attachments;
  }

  @Override
  public AgentAccounts accounts() {
    return accounts;
  }

  @Override
  public AccessTokens tokens() {
    return tokens;
  }

  @Override
  public Workspace workspace() {
    return workspace;
  }

  @Override
  public Health health() {
    return closed ? Health.down("the store is closed") : Health.up();
  }

  @Override
  public void close() {
    closed = true;
  }

  State published() {
    return published;
  }

  /**
   * Returns another store with the conversations, customers, cases, lanes and accounts of this one, without attachments, tokens and workspace. A
   * change of one does not change the other. Costs a few references, so that a test may keep thousands of states of a store.
   */
  public MemoryStore copy() {
    checkOpen();
    MemoryStore copy = new MemoryStore();
    copy.published = published;
    return copy;
  }

  private void checkOpen() {
    if (closed) {
      throw new StoreException("the store is closed");
    }
  }
}
