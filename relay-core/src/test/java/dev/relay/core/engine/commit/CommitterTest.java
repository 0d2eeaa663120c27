package dev.relay.core.engine.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.delivery.Health;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.Attachments;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import dev.relay.core.store.Transaction.Needs;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommitterTest {
  private final StepScheduling time = new StepScheduling();
  private final List<Integer> groups = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();
  private final FailingStore store = new FailingStore();
  private final Lanes lanes = new Lanes();
  private final Committer committer =
      new Committer(store, time.executor("committer", 1), new Watch(), lanes);

  @Test
  void waiting_work_is_done_in_one_transaction_in_its_order() {
    List<String> order = new ArrayList<>();
    for (int each = 1; each <= 3; each++) {
      String name = "work " + each;
      committer.submitQuietly((transaction, changes) -> order.add(name));
    }

    time.settle();

    assertThat(order).containsExactly("work 1", "work 2", "work 3");
    assertThat(groups).containsExactly(3);
  }

  @Test
  void a_group_has_a_limit_and_the_rest_comes_in_the_next() {
    for (int each = 0; each < Committer.MAX_GROUP + 2; each++) {
      committer.submitQuietly((transaction, changes) -> 0);
    }

    time.settle();

    assertThat(groups).containsExactly(Committer.MAX_GROUP, 2);
    assertThat(committer.size()).isZero();
  }

  @Test
  void work_that_fails_does_not_fail_the_others_of_its_group() {
    CompletableFuture<Long> before = committer.submit(CommitterTest::newCustomer);
    CompletableFuture<Object> poison = committer.submit((transaction, changes) -> {
      throw new IllegalStateException("poison");
    });
    CompletableFuture<Long> after = committer.submit(CommitterTest::newCustomer);

    time.settle();

    assertThat(before).isCompletedWithValue(1L);
    assertThat(after).isCompletedWithValue(2L);
    assertThatThrownBy(poison::join).hasRootCauseMessage("poison");
    assertThat(seen).containsExactly("failed", "broken work");
  }

  @Test
  void what_the_work_of_a_group_will_read_is_looked_up_together_first() {
    for (long id = 1; id <= 2; id++) {
      var unused = committer.submit(needs(id), (transaction, changes) -> seen.add("read"));
    }
    committer.submitQuietly((transaction, changes) -> seen.add("read"));

    time.settle();

    assertThat(store.prefetched)
        .containsExactly(Needs.all(List.of(needs(1), needs(2), Needs.NONE)));
    assertThat(store.prefetched.get(0).conversations())
        .containsExactlyInAnyOrder(new ConversationId(1), new ConversationId(2));
  }

  @Test
  void work_that_cannot_be_written_fails_only_itself_although_its_rows_were_put_off() {
    CompletableFuture<Long> before = committer.submit(CommitterTest::newCustomer);
    CompletableFuture<Long> poison = committer.submit((transaction, changes) -> {
      store.cannotBeFlushed = true;
      return newCustomer(transaction, changes);
    });
    CompletableFuture<Long> after = committer.submit(CommitterTest::newCustomer);

    time.settle();

    assertThat(before).isCompletedWithValue(1L);
    assertThatThrownBy(poison::join).hasRootCauseMessage("it cannot be written");
    assertThat(after).isCompletedWithValue(2L);
  }

  private static Needs needs(long conversation) {
    return new Needs(Set.of(), Set.of(), Set.of(), Set.of(new ConversationId(conversation)));
  }

  @Test
  void even_an_error_fails_only_its_own_work() {
    CompletableFuture<Object> poison = committer.submit((transaction, changes) -> {
      throw new StackOverflowError();
    });
    CompletableFuture<Long> after = committer.submit(CommitterTest::newCustomer);

    time.settle();

    assertThat(poison).isCompletedExceptionally();
    assertThat(after).isCompletedWithValue(1L);
    assertThat(committer.size()).isZero();
  }

  @Test
  void work_whose_commit_failed_is_not_repeated_because_the_changes_may_be_stored() {
    CompletableFuture<Long> one = committer.submit(CommitterTest::newCustomer);
    CompletableFuture<Long> two = committer.submit(CommitterTest::newCustomer);
    store.failsAfterCommit = true;

    time.settle();

    assertThatThrownBy(one::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(StoreException.class);
    assertThat(two).isCompletedExceptionally();
    CompletableFuture<Long> third = committer.submit(CommitterTest::newCustomer);
    time.settle();
    assertThat(third).as("the two before are there, once").isCompletedWithValue(3L);
  }

  @Test
  void actions_after_the_commit_do_not_run_if_the_commit_fails() {
    committer.submitQuietly((transaction, changes) -> {
      changes.afterCommit(() -> seen.add("after"));
      throw new StoreException("no");
    });
    committer.submitQuietly((transaction, changes) -> {
      changes.afterCommit(() -> seen.add("after the good one"));
      return 0;
    });

    time.settle();

    assertThat(seen).containsExactly("failed", "after the good one");
  }

  @Test
  void what_a_group_has_made_due_is_claimed_in_the_same_transaction_once() {
    committer.submitQuietly(CommitterTest::makesDue);
    committer.submitQuietly(CommitterTest::makesDue);

    time.settle();

    assertThat(groups).containsExactly(2);
    assertThat(seen).containsExactly("claimed [web]", "begun");
  }

  @Test
  void what_cannot_be_claimed_in_the_same_transaction_is_woken_after_it() {
    lanes.areBusy = true;
    committer.submitQuietly(CommitterTest::makesDue);

    time.settle();

    assertThat(seen).containsExactly("woken [web]");
  }

  @Test
  void work_is_done_without_claims_if_claiming_fails() {
    lanes.failure = new IllegalStateException("claiming failed");
    CompletableFuture<Long> alone = committer.submit((transaction, changes) -> {
      makesDue(transaction, changes);
      return newCustomer(transaction, changes);
    });

    time.settle();

    assertThat(alone).isCompletedWithValue(1L);
    assertThat(seen).containsExactly("failed", "woken [web]");
  }

  @Test
  void what_was_claimed_is_not_begun_if_the_commit_fails() {
    store.failsAfterCommit = true;
    committer.submitQuietly(CommitterTest::makesDue);

    time.settle();

    assertThat(seen).containsExactly("claimed [web]", "failed");
  }

  private static boolean makesDue(Transaction transaction, Changes changes) {
    changes.due(new PortId("web"));
    return true;
  }

  @Test
  void waiting_and_later_work_fails_once_the_engine_has_stopped() {
    CompletableFuture<Long> waiting = committer.submit(CommitterTest::newCustomer);
    committer.close();
    CompletableFuture<Long> late = committer.submit(CommitterTest::newCustomer);

    for (CompletableFuture<Long> each : List.of(waiting, late)) {
      assertThatThrownBy(each::join).hasCauseInstanceOf(StoreException.class);
    }
    assertThat(committer.size()).isZero();
    time.settle();
    assertThat(groups).isEmpty();
  }

  private static long newCustomer(Transaction transaction, Changes changes) {
    return transaction.newCustomerId().value();
  }

  private final class Lanes implements Committer.DuePorts {
    private boolean areBusy;
    private @Nullable RuntimeException failure;

    @Override
    public Set<PortId> claim(Set<PortId> ports, Transaction transaction, Changes changes) {
      if (failure != null) {
        throw failure;
      }
      if (areBusy) {
        return ports;
      }
      seen.add("claimed " + ports);
      changes.afterCommit(() -> seen.add("begun"));
      return Set.of();
    }

    @Override
    public void wake(Set<PortId> ports) {
      seen.add("woken " + ports);
    }
  }

  private final class Watch implements RelayObserver {
    @Override
    public void committed(int works, Duration took, Set<ConversationId> changed) {
      groups.add(works);
    }

    @Override
    public void commitFailed(Throwable cause) {
      seen.add("failed");
    }

    @Override
    public void broken(String where, Throwable cause) {
      seen.add("broken " + where);
    }
  }

  /** A store whose next commit succeeds but reports a failure, or whose next flush fails. */
  private static final class FailingStore implements Store {
    private final MemoryStore target = new MemoryStore();
    private final List<Needs> prefetched = new ArrayList<>();
    private boolean failsAfterCommit;
    private boolean cannotBeFlushed;

    @Override
    public <T> T write(Function<Transaction, T> work) {
      T result = target.write(transaction -> work.apply(watched(transaction)));
      if (failsAfterCommit) {
        failsAfterCommit = false;
        throw new StoreException("lost the connection");
      }
      return result;
    }

    private Transaction watched(Transaction transaction) {
      return (Transaction) Proxy.newProxyInstance(
          CommitterTest.class.getClassLoader(),
          new Class<?>[] {Transaction.class},
          (proxy, method, arguments) -> {
            if (method.getName().equals("prefetch")) {
              prefetched.add((Needs) arguments[0]);
            } else if (method.getName().equals("flush") && cannotBeFlushed) {
              cannotBeFlushed = false;
              throw new StoreException("it cannot be written");
            }
            return method.invoke(transaction, arguments);
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
}
