package dev.relay.testkit;

import dev.relay.core.delivery.Health;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.Attachments;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.store.Transaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A correct store with one behaviour changed. A dynamic proxy intercepts the sixty methods of a transaction, so that each
 * wrong store contains only its defect.
 */
abstract class WrongStore implements Store {
  final MemoryStore right = new MemoryStore();

  /** Returns the result of one call within a write or a read. */
  @Nullable
  Object answer(Call call, Queries queries) throws Throwable {
    return call.proceed();
  }

  @Override
  public <T> T write(Function<Transaction, T> work) {
    return right.write(transaction -> work.apply(changed(Transaction.class, transaction)));
  }

  @Override
  public <T> T read(Function<Queries, T> query) {
    return right.read(queries -> query.apply(changed(Queries.class, queries)));
  }

  @Override
  public Attachments attachments() {
    return right.attachments();
  }

  @Override
  public Health health() {
    return right.health();
  }

  @Override
  public void close() {
    right.close();
  }

  final <Q extends Queries> Q changed(Class<Q> type, Q real) {
    return type.cast(Proxy.newProxyInstance(
        WrongStore.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) ->
            answer(new Call(real, method, arguments == null ? new Object[0] : arguments), real)));
  }

  /** A method call whose arguments can be changed before it proceeds. */
  static final class Call {
    private final Object target;
    private final Method method;
    final Object[] arguments;

    Call(Object target, Method method, Object[] arguments) {
      this.target = target;
      this.method = method;
      this.arguments = arguments;
    }

    boolean is(String name) {
      return method.getName().equals(name);
    }

    /** Returns the argument at that index, from 0. */
    <T> T argument(int place, Class<T> type) {
      return type.cast(arguments[place]);
    }

    @Nullable
    Object proceed() throws Throwable {
      return on(target);
    }

    @Nullable
    Object on(Object another) throws Throwable {
      try {
        return method.invoke(another, arguments);
      } catch (InvocationTargetException e) {
        throw e.getTargetException();
      }
    }
  }
}
