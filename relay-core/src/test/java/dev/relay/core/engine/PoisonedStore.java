package dev.relay.core.engine;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.delivery.Health;
import dev.relay.core.message.Attachments;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.store.Transaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Function;

/** A store in which the conversations up to some number can no longer be saved. */
final class PoisonedStore implements Store {
  private final Store target;
  private long poisonedUpTo;

  PoisonedStore(Store target) {
    this.target = target;
  }

  void poisonUpTo(long conversation) {
    poisonedUpTo = conversation;
  }

  @Override
  public <T> T write(Function<Transaction, T> work) {
    return target.write(transaction -> work.apply(poisoned(transaction)));
  }

  private Transaction poisoned(Transaction transaction) {
    return (Transaction) Proxy.newProxyInstance(
        PoisonedStore.class.getClassLoader(),
        new Class<?>[] {Transaction.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("save")
              && arguments[0] instanceof Conversation conversation
              && conversation.id().value() <= poisonedUpTo) {
            throw new IllegalStateException("poison");
          }
          try {
            return method.invoke(transaction, arguments);
          } catch (InvocationTargetException e) {
            throw e.getTargetException();
          }
        });
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
