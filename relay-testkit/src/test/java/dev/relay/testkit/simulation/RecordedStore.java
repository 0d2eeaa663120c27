package dev.relay.testkit.simulation;

import dev.relay.core.delivery.Health;
import dev.relay.core.message.Attachments;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import java.util.function.Function;

/**
 * The store as one engine sees it. Fails before and after commits, may kill the engine in the middle of a write, and has each
 * commit checked. Used by one thread.
 */
final class RecordedStore implements Store {
  private final Store store;
  private final World world;
  private final Runnable kill;
  private boolean dead;

  RecordedStore(Store store, World world, Runnable kill) {
    this.store = store;
    this.world = world;
    this.kill = kill;
  }

  void kill() {
    dead = true;
  }

  private enum Trouble {
    NONE,
    BEFORE,
    WITHOUT_COMMIT,
    AFTER_COMMIT,
    KILLED_WITHOUT_COMMIT,
    KILLED_AFTER_COMMIT
  }

  @Override
  public <T> T write(Function<Transaction, T> work) {
    checkAlive();
    Trouble trouble = trouble();
    if (trouble == Trouble.BEFORE) {
      throw failure(trouble);
    }
    Commit[] commit = new Commit[1];
    T result = store.write(transaction -> {
      commit[0] = new Commit();
      T made = work.apply(RecordedTransaction.of(transaction, commit[0], world.post()));
      if (trouble == Trouble.WITHOUT_COMMIT || trouble == Trouble.KILLED_WITHOUT_COMMIT) {
        throw failure(trouble);
      }
      return made;
    });
    world.commits().committed(commit[0]);
    if (trouble != Trouble.NONE) {
      throw failure(trouble);
    }
    return result;
  }

  private Trouble trouble() {
    Chance chance = world.chance();
    if (!world.isTroubled()) {
      return Trouble.NONE;
    }
    if (chance.perTenThousand(world.scenario().storeTrouble())) {
      return chance.of(
          java.util.List.of(Trouble.BEFORE, Trouble.WITHOUT_COMMIT, Trouble.AFTER_COMMIT));
    }
    if (chance.perTenThousand(world.scenario().crashes())) {
      return chance.percent(50) ? Trouble.KILLED_WITHOUT_COMMIT : Trouble.KILLED_AFTER_COMMIT;
    }
    return Trouble.NONE;
  }

  private StoreException failure(Trouble trouble) {
    world.history().add("store", "fails: " + trouble);
    if (trouble == Trouble.KILLED_WITHOUT_COMMIT || trouble == Trouble.KILLED_AFTER_COMMIT) {
      kill.run();
    }
    return new StoreException("simulated: " + trouble);
  }

  private void checkAlive() {
    if (dead) {
      throw new StoreException("simulated: this process has ended");
    }
  }

  @Override
  public <T> T read(Function<Queries, T> query) {
    checkAlive();
    return store.read(query);
  }

  @Override
  public Attachments attachments() {
    return store.attachments();
  }

  @Override
  public Health health() {
    return store.health();
  }

  @Override
  public void close() {
    // The store belongs to the simulation and outlives the engine.
  }
}
