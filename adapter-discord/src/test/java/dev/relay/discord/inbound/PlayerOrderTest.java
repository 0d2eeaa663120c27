package dev.relay.discord.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
  private final List<String> dropped = new ArrayList<>();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private boolean running;
  private final PlayerOrder order = new PlayerOrder(this::runInTurn, player -> {
    begun.add("caught up with " + player);
    return CompletableFuture.completedFuture(true);
  });

  /** One after the other, and not within each other: hundreds would be deeper than the stack. */
  private void runInTurn(Runnable task) {
    tasks.add(task);
    if (running) {
      return;
    }
    running = true;
    for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
      next.run();
    }
    running = false;
  }

  private Supplier<CompletionStage<?>> work(String name, CompletableFuture<?> until) {
    return () -> {
      begun.add(name);
      return until;
    };
  }

  private boolean add(long player, String name, CompletableFuture<?> until) {
    return order.add(player, work(name, until), () -> dropped.add(name));
  }

  private boolean addMessage(long player, String name, CompletableFuture<?> until) {
    return order.addMessage(player, work(name, until));
  }

  @Test
  void nothing_begins_while_it_is_held() {
    add(1, "a", new CompletableFuture<>());
    assertThat(begun).isEmpty();

    order.release();
    assertThat(begun).containsExactly("a");
  }

  @Test
  void one_players_work_waits_and_anothers_does_not() {
    order.release();
    CompletableFuture<Boolean> slow = new CompletableFuture<>();
    add(1, "first of 1", slow);
    add(1, "second of 1", new CompletableFuture<>());
    add(2, "first of 2", new CompletableFuture<>());
    assertThat(begun).containsExactly("first of 1", "first of 2");

    slow.complete(true);
    assertThat(begun).containsExactly("first of 1", "first of 2", "second of 1");
  }

  @Test
  void work_that_is_put_first_overtakes_what_waits() {
    add(1, "live", CompletableFuture.completedFuture(true));
    order.addFirst(1, work("missed", CompletableFuture.completedFuture(true)));

    order.release();
    assertThat(begun).containsExactly("missed", "live");
  }

  @Test
  void work_that_breaks_or_fails_holds_nothing_up() {
    order.release();
    order.add(
        1,
        () -> {
          throw new IllegalStateException("broken");
        },
        () -> {});
    add(1, "fails", CompletableFuture.failedFuture(new IllegalStateException()));
    add(1, "next", CompletableFuture.completedFuture(true));

    assertThat(begun).containsExactly("fails", "next");
  }

  @Test
  void a_player_who_falls_behind_is_heard_again_only_when_the_reading_has_begun() {
    CompletableFuture<Boolean> slow = new CompletableFuture<>();
    order.release();
    for (int i = 0; i <= PlayerOrder.LIMIT; i++) {
      assertThat(addMessage(1, "taken", slow)).isTrue();
    }
    assertThat(addMessage(1, "turned away", slow)).isFalse();
    assertThat(addMessage(2, "of another", new CompletableFuture<>())).isTrue();

    order.hold();
    slow.complete(true);
    order.release();

    assertThat(begun).endsWith("taken", "caught up with 1").doesNotContain("turned away");
    assertThat(addMessage(1, "afterwards", slow)).isTrue();
    assertThat(begun).endsWith("caught up with 1", "afterwards");
  }

  @Test
  void a_message_after_one_that_was_turned_away_is_turned_away_though_there_is_room() {
    List<CompletableFuture<Boolean>> each = new ArrayList<>();
    order.release();
    for (int i = 0; i <= PlayerOrder.LIMIT; i++) {
      each.add(new CompletableFuture<>());
      assertThat(addMessage(1, "taken", each.get(i))).isTrue();
    }
    assertThat(addMessage(1, "turned away", new CompletableFuture<>())).isFalse();

    each.get(0).complete(true);

    assertThat(addMessage(1, "next", new CompletableFuture<>())).isFalse();
    assertThat(add(1, "a command", new CompletableFuture<>())).isTrue();
  }

  @Test
  void all_players_together_are_bounded_and_nobody_is_forgotten() {
    int players = PlayerOrder.LIMIT_OF_ALL / PlayerOrder.LIMIT;
    CompletableFuture<Boolean> done = CompletableFuture.completedFuture(true);
    for (int i = 0; i < PlayerOrder.LIMIT_OF_ALL; i++) {
      assertThat(addMessage(i % players, "taken", done)).isTrue();
    }
    assertThat(addMessage(players, "first of another", done)).isFalse();

    order.release();

    assertThat(begun).hasSize(PlayerOrder.LIMIT_OF_ALL + 1).contains("caught up with " + players);
  }

  @Test
  void the_end_drops_what_has_not_begun_and_nothing_is_taken_afterwards() {
    add(1, "first", new CompletableFuture<>());
    add(1, "second", new CompletableFuture<>());

    order.end();
    order.release();

    assertThat(begun).isEmpty();
    assertThat(dropped).containsExactly("first", "second");
    assertThat(add(1, "late", new CompletableFuture<>())).isFalse();
    assertThat(addMessage(1, "late", new CompletableFuture<>())).isFalse();
  }

  @Test
  void the_end_drops_what_its_executor_has_not_begun() {
    PlayerOrder never = new PlayerOrder(task -> {}, player -> new CompletableFuture<>());
    never.release();
    never.add(1, work("first", new CompletableFuture<>()), () -> dropped.add("first"));

    never.end();

    assertThat(dropped).containsExactly("first");
  }
}
