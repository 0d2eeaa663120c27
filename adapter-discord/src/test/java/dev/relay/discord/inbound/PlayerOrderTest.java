package dev.relay.discord.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlayerOrderTest {
  private final List<String> begun = new ArrayList<>();
  private final List<Long> idle = new ArrayList<>();
  private final PlayerOrder order = new PlayerOrder(Runnable::run, idle::add);

  private Supplier<CompletionStage<?>> work(String name, CompletableFuture<?> until) {
    return () -> {
      begun.add(name);
      return until;
    };
  }

  @Test
  void nothing_begins_while_it_is_held() {
    order.add(1, work("a", new CompletableFuture<>()));
    assertThat(begun).isEmpty();

    order.release();
    assertThat(begun).containsExactly("a");
  }

  @Test
  void one_players_work_waits_and_anothers_does_not() {
    order.release();
    CompletableFuture<Boolean> slow = new CompletableFuture<>();
    order.add(1, work("first of 1", slow));
    order.add(1, work("second of 1", new CompletableFuture<>()));
    order.add(2, work("first of 2", new CompletableFuture<>()));
    assertThat(begun).containsExactly("first of 1", "first of 2");

    slow.complete(true);
    assertThat(begun).containsExactly("first of 1", "first of 2", "second of 1");
  }

  @Test
  void work_that_is_put_first_overtakes_what_waits() {
    order.add(1, work("live", CompletableFuture.completedFuture(true)));
    order.addFirst(1, work("missed", CompletableFuture.completedFuture(true)));

    order.release();
    assertThat(begun).containsExactly("missed", "live");
  }

  @Test
  void work_that_breaks_or_fails_holds_nothing_up() {
    order.release();
    order.add(1, () -> {
      throw new IllegalStateException("broken");
    });
    order.add(1, work("fails", CompletableFuture.failedFuture(new IllegalStateException())));
    order.add(1, work("next", CompletableFuture.completedFuture(true)));

    assertThat(begun).containsExactly("fails", "next");
    assertThat(idle).contains(1L);
  }

  @Test
  void too_much_is_not_taken_and_the_end_forgets_all() {
    for (int i = 0; i < PlayerOrder.LIMIT; i++) {
      assertThat(order.add(1, work("x", new CompletableFuture<>()))).isTrue();
    }
    assertThat(order.add(1, work("too much", new CompletableFuture<>()))).isFalse();

    order.end();
    order.release();
    assertThat(begun).isEmpty();
  }
}
