package dev.relay.testkit.simulation;

import dev.relay.core.delivery.Health;
import dev.relay.core.message.Attachments;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.store.Transaction;
import java.util.function.Function;

/** A store that delegates every call to another, as a base for stores that change some of them. */
class OtherStore implements Store {
  private final Store target;

  OtherStore(Store target) {
    this.target = target;
  }

  final Store target() {
    return target;
  }

  @Override
  public <T> T write(Function<Transaction, T> work) {
    return target.write(work);
  }

  @Override
  public <T> T read(Function<Queries, T> query) {
    return target.read(query);
  }

  @Override
  public Attachments attachments() {
    return target.attachments();
  }

  @Override
  public Health health() {
    return target.health();
  }

  @Override
  public void close() {
    target.close();
  }
}
