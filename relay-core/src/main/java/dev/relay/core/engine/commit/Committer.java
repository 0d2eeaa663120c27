package dev.relay.core.engine.commit;

import dev.relay.core.id.PortId;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.store.Store;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import dev.relay.core.store.Transaction.Needs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The only writer of the engine: runs all submitted work, at most {@value #MAX_GROUP} pieces, in one transaction, and completes
 * their futures after the commit. There is no artificial wait: while one group is committed the next one gathers. Thread-safe.
 */
public final class Committer {
  /** The largest group. Larger groups gained nothing in measurements, and all work in a group waits for its slowest piece. */
  static final int MAX_GROUP = 256;

  private final Store store;
  private final Executor executor;
  private final RelayObserver observer;
  private final DuePorts duePorts;
  private final Queue<Job<?>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile boolean closed;

  public Committer(Store store, Executor executor, RelayObserver observer, DuePorts duePorts) {
    this.store = store;
    this.executor = executor;
    this.observer = observer;
    this.duePorts = duePorts;
  }

  /** A piece of work inside a transaction; may be run again, so it must have no other effects. */
  public interface Work<T> {
    T run(Transaction transaction, Changes changes);
  }

  /** The delivery of lanes that a group has made due. */
  public interface DuePorts {
    /**
     * Claims due lanes of these ports in the transaction that has made them due, which saves a transaction of its own. What was claimed is
     * delivered after the commit, and never if that fails.
     *
     * @return the ports whose lanes are to be claimed after the commit instead, by {@link #wake}
     */
    default Set<PortId> claim(Set<PortId> ports, Transaction transaction, Changes changes) {
      return ports;
    }

    /** Wakes the lanes of these ports, because some of them may have become due. */
    void wake(Set<PortId> ports);
  }

  private record Job<T>(Needs needs, Work<T> work, CompletableFuture<T> future) {
    private Runnable runIn(Transaction transaction, Changes changes) {
      T result = work.run(transaction, changes);
      return () -> future.complete(result);
    }
  }

  /** Submits work. The future completes exceptionally if the store failed, in which case the work may or may not have been done. */
  public <T> CompletableFuture<T> submit(Work<T> work) {
    return submit(Needs.NONE, work);
  }

  /** Submits work as {@link #submit(Work)} does, and names what it will read, which is looked up for a whole group together. */
  public <T> CompletableFuture<T> submit(Needs needs, Work<T> work) {
    CompletableFuture<T> future = new CompletableFuture<>();
    size.incrementAndGet();
    waiting.add(new Job<>(needs, work, future));
    if (closed) {
      failBacklog();
    } else {
      schedule();
    }
    return future;
  }

  /**
   * Submits work and passes on its result.
   *
   * @param then receives the result after the commit
   * @param orElse receives a failure, after which the work may or may not have been done
   */
  public <T> void submit(Work<T> work, Consumer<T> then, Consumer<Throwable> orElse) {
    var unused = submit(work).whenComplete((result, failure) -> {
      if (failure == null) {
        then.accept(result);
      } else {
        orElse.accept(failure);
      }
    });
  }

  /** Submits work whose result is not needed: if it fails, its cause makes it due again. */
  void submitQuietly(Work<?> work) {
    submit(work, result -> {}, failure -> {});
  }

  /** Closes the committer after everything else has stopped: waiting and new work fails as it would without a store. */
  public void close() {
    closed = true;
    failBacklog();
  }

  private void failBacklog() {
    Job<?> job;
    while ((job = waiting.poll()) != null) {
      size.decrementAndGet();
      job.future.completeExceptionally(new StoreException("Relay has stopped"));
    }
  }

  /** Returns the number of pieces of work that wait or are running. */
  public int size() {
    return size.get();
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      executor.execute(this::commitGroup);
    }
  }

  private void commitGroup() {
    try {
      List<Job<?>> group = new ArrayList<>();
      Job<?> job;
      while (group.size() < MAX_GROUP && (job = waiting.poll()) != null) {
        group.add(job);
      }
      try {
        commit(group);
      } finally {
        size.addAndGet(-group.size());
      }
    } finally {
      scheduled.set(false);
      if (!waiting.isEmpty()) {
        schedule();
      }
    }
  }

  /**
   * Commits a group. One piece of work that fails must not fail the others of its group, so they are run again, one by one. If
   * all work was done and the commit failed, the changes may or may not be stored, and running the work again could apply it
   * twice: all of it fails. All of it also fails if the store did not even begin the work. If the claims failed that follow the work, it is
   * run again without them.
   */
  private void commit(List<Job<?>> group) {
    if (group.isEmpty()) {
      return;
    }
    Progress progress = new Progress();
    try {
      write(group, progress, true);
    } catch (RuntimeException | Error e) {
      observer.commitFailed(e);
      if ((group.size() == 1 && !progress.claiming) || progress.worked || !progress.begun) {
        group.forEach(job -> fail(job, e));
      } else {
        group.forEach(this::commitAlone);
      }
    }
  }

  private void commitAlone(Job<?> job) {
    try {
      write(List.of(job), new Progress(), false);
    } catch (RuntimeException | Error e) {
      fail(job, e);
    }
  }

  private void fail(Job<?> job, Throwable cause) {
    if (!(cause instanceof StoreException)) {
      observer.broken("work", cause);
    }
    job.future.completeExceptionally(cause);
  }

  /** How far a transaction has come. Used by one thread. */
  private static final class Progress {
    private boolean begun;
    private boolean claiming;
    private boolean worked;
  }

  private void write(List<Job<?>> group, Progress progress, boolean claims) {
    long begin = System.nanoTime();
    Written written = store.write(transaction -> {
      progress.begun = true;
      progress.claiming = false;
      progress.worked = false;
      Changes changes = new Changes();
      transaction.prefetch(Needs.all(group.stream().map(Job::needs).toList()));
      List<Runnable> completions = new ArrayList<>(group.size());
      for (Job<?> job : group) {
        completions.add(job.runIn(transaction, changes));
      }
      // What cannot be written fails here, where it is certain that nothing was done.
      transaction.flush();
      Set<PortId> due = changes.ports();
      if (claims && !due.isEmpty()) {
        progress.claiming = true;
        due = duePorts.claim(due, transaction, changes);
        transaction.flush();
      }
      progress.worked = true;
      return new Written(changes, completions, due);
    });
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    written.completions().forEach(Runnable::run);
    written.changes().runAfterCommit();
    observer.committed(group.size(), took, written.changes().conversations());
    if (!written.due().isEmpty()) {
      duePorts.wake(written.due());
    }
  }

  private record Written(Changes changes, List<Runnable> completions, Set<PortId> due) {}
}
