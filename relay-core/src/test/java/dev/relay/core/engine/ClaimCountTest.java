package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.delivery.Health;
import dev.relay.core.message.Attachments;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.store.Transaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The number of claims and of writes: what a write makes due is claimed by it, and an attempt that ends claims nothing if nothing waits. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClaimCountTest {
  private final Bench bench = new Bench();
  /** How many lanes each claim has found. */
  private final List<Integer> claims = new ArrayList<>();

  private int writes;

  @Test
  void a_question_and_its_answer_cost_one_claim_each() {
    bench.store = new CountingStore();
    bench.submitted(bench.wrote("ada", "hello"));
    int shown = bench.textsToCustomers().size();
    claims.clear();
    writes = 0;

    bench.submitted(bench.wrote("ada", "where is my sword?"));

    assertThat(bench.textsToCustomers()).hasSize(shown + 1);
    assertThat(claims).containsExactly(1, 1);
    assertThat(writes)
        .as("the question and its claim; the answer and its claim; the end of the delivery")
        .isEqualTo(3);
  }

  private final class CountingStore implements Store {
    @Override
    public <T> T write(Function<Transaction, T> work) {
      writes++;
      return bench.memory.write(transaction -> work.apply(counting(transaction)));
    }

    private Transaction counting(Transaction transaction) {
      return (Transaction) Proxy.newProxyInstance(
          CountingStore.class.getClassLoader(),
          new Class<?>[] {Transaction.class},
          (proxy, method, arguments) -> {
            try {
              Object result = method.invoke(transaction, arguments);
              if (method.getName().equals("claim")) {
                claims.add(((List<?>) result).size());
              }
              return result;
            } catch (InvocationTargetException e) {
              throw e.getTargetException();
            }
          });
    }

    @Override
    public <T> T read(Function<Queries, T> query) {
      return bench.memory.read(query);
    }

    @Override
    public Attachments attachments() {
      return bench.memory.attachments();
    }

    @Override
    public Health health() {
      return bench.memory.health();
    }

    @Override
    public void close() {
      bench.memory.close();
    }
  }
}
