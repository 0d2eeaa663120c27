package dev.relay.discord.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Event;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.Participant;
import dev.relay.discord.customer.CustomerChannels;
import dev.relay.discord.customer.ReadPosition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CustomerLinesTest {
  private final List<String> begun = new ArrayList<>();
  private final List<String> dropped = new ArrayList<>();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private boolean running;
  private final Inbox inbox = inbox(this::runInTurn);
  private final CustomerChannels channels = new CustomerChannels();
  private final CustomerLines lines = lines(inbox);

  private static Inbox inbox(Executor executor) {
    return new Inbox(new AwayIntake(), executor, (delay, task) -> {});
  }

  private CustomerLines lines(Inbox to) {
    return new CustomerLines(to, this::caughtUp, channels);
  }

  private CompletableFuture<?> caughtUp(long customer, ReadPosition from) {
    begun.add("caught up with " + customer);
    return CompletableFuture.completedFuture(true);
  }

  /** An intake whose store is unavailable. */
  private static final class AwayIntake implements Intake {
    @Override
    public CompletableFuture<IntakeResult> submit(Event event) {
      return CompletableFuture.completedFuture(new IntakeResult.Unavailable("the store is away"));
    }

    @Override
    public List<ChannelPosition> positions(PortId channel) {
      return List.of();
    }

    @Override
    public CompletableFuture<Boolean> keepPosition(CustomerAddress address, String position) {
      return CompletableFuture.completedFuture(false);
    }

    @Override
    public boolean isAt(PortId desk, ConversationId conversation) {
      return false;
    }

    @Override
    public Optional<Participant> agentAt(PortId desk, ConversationId conversation) {
      return Optional.empty();
    }

    @Override
    public List<Conversation> conversationsAt(PortId desk) {
      return List.of();
    }

    @Override
    public Attachments attachments() {
      return new MemoryStore().attachments();
    }
  }

  /** Runs tasks one after the other and not within each other: hundreds of nested calls would overflow the stack. */
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

  private <T> Inbox.Work<T> work(String name, CompletableFuture<T> until) {
    return () -> {
      begun.add(name);
      return until;
    };
  }

  private boolean add(long customer, String name, CompletableFuture<?> until) {
    Optional<? extends CompletableFuture<?>> turn = lines.add(customer, work(name, until));
    turn.ifPresent(it -> recordDrop(it, name));
    return turn.isPresent();
  }

  private void recordDrop(CompletableFuture<?> turn, String name) {
    var unused = turn.whenComplete((result, failure) -> {
      if (turn.isCancelled()) {
        dropped.add(name);
      }
    });
  }

  private boolean addMessage(long customer, String name, CompletableFuture<?> until) {
    return lines.addMessage(customer, work(name, until));
  }

  @Test
  void nothing_begins_while_the_lines_are_held() {
    add(1, "a", new CompletableFuture<>());
    assertThat(begun).isEmpty();

    lines.release();
    assertThat(begun).containsExactly("a");
  }

  @Test
  void one_customers_work_waits_and_anothers_does_not() {
    lines.release();
    CompletableFuture<Boolean> slow = new CompletableFuture<>();
    add(1, "first of 1", slow);
    add(1, "second of 1", new CompletableFuture<>());
    add(2, "first of 2", new CompletableFuture<>());
    assertThat(begun).containsExactly("first of 1", "first of 2");

    slow.complete(true);
    assertThat(begun).containsExactly("first of 1", "first of 2", "second of 1");
  }

  @Test
  void a_gap_is_read_before_waiting_events() {
    add(1, "live", CompletableFuture.completedFuture(true));
    lines.addGap(1, new ReadPosition(11, 0));

    lines.release();
    assertThat(begun).containsExactly("caught up with 1", "live");
  }

  @Test
  void work_that_throws_or_fails_delays_nothing() {
    lines.release();
    assertThat(lines.add(1, () -> {
          throw new IllegalStateException("broken");
        }))
        .isPresent();
    add(1, "fails", CompletableFuture.failedFuture(new IllegalStateException()));
    add(1, "next", CompletableFuture.completedFuture(true));

    assertThat(begun).containsExactly("fails", "next");
  }

  @Test
  void a_hold_in_the_middle_of_a_release_makes_waiting_events_wait_for_the_next_release() {
    Inbox small = new Inbox(new AwayIntake(), this::runInTurn, (delay, task) -> {}, 1, 10);
    AtomicReference<CustomerLines> self = new AtomicReference<>();
    CustomerLines held = new CustomerLines(
        small,
        (customer, from) -> {
          Objects.requireNonNull(self.get()).hold();
          return caughtUp(customer, from);
        },
        channels);
    self.set(held);
    CompletableFuture<Boolean> slow = new CompletableFuture<>();
    channels.put(1, new ReadPosition(11, 0));
    held.release();
    assertThat(held.addMessage(1, work("taken", slow))).isTrue();
    assertThat(held.addMessage(1, work("dropped", slow))).isFalse();
    held.hold();
    slow.complete(true);
    CompletableFuture<Boolean> waiting =
        held.add(2, work("waiting", CompletableFuture.completedFuture(true))).orElseThrow();

    held.release();
    assertThat(begun).containsExactly("taken", "caught up with 1");
    assertThat(waiting).isNotDone();

    held.release();
    assertThat(begun).containsExactly("taken", "caught up with 1", "waiting");
    assertThat(waiting).isCompletedWithValue(true);
  }

  @Test
  void after_a_message_that_fails_the_rest_of_the_line_is_read_from_the_history() {
    CompletableFuture<Boolean> failing = new CompletableFuture<>();
    CompletableFuture<Boolean> done = CompletableFuture.completedFuture(true);
    channels.put(1, new ReadPosition(11, 0));
    lines.release();
    assertThat(addMessage(1, "fails", failing)).isTrue();
    assertThat(addMessage(1, "after it", done)).isTrue();
    assertThat(add(1, "a command", done)).isTrue();

    failing.completeExceptionally(new IllegalStateException("broken"));
    assertThat(begun).containsExactly("fails", "a command", "caught up with 1");

    assertThat(addMessage(1, "afterwards", done)).isTrue();
    assertThat(begun).endsWith("caught up with 1", "afterwards");
  }

  @Test
  void a_message_that_throws_is_read_from_the_history_once_the_lines_are_released() {
    CompletableFuture<Boolean> done = CompletableFuture.completedFuture(true);
    channels.put(1, new ReadPosition(11, 0));
    lines.release();
    boolean taken = lines.addMessage(1, () -> {
      lines.hold();
      throw new StackOverflowError("simulated");
    });
    assertThat(taken).isTrue();
    assertThat(addMessage(1, "dropped", done)).isFalse();
    assertThat(begun).isEmpty();

    lines.release();
    assertThat(begun).containsExactly("caught up with 1");
    assertThat(addMessage(1, "afterwards", done)).isTrue();
    assertThat(begun).containsExactly("caught up with 1", "afterwards");
  }

  @Test
  void messages_of_a_customer_who_fell_behind_are_taken_again_once_their_gap_is_being_read() {
    CompletableFuture<Boolean> slow = new CompletableFuture<>();
    channels.put(1, new ReadPosition(11, 0));
    lines.release();
    for (int i = 0; i < Inbox.LINE_LIMIT; i++) {
      assertThat(addMessage(1, "taken", slow)).isTrue();
    }
    assertThat(addMessage(1, "dropped", slow)).isFalse();
    assertThat(addMessage(2, "of another", new CompletableFuture<>())).isTrue();

    lines.hold();
    slow.complete(true);
    lines.release();

    assertThat(begun).endsWith("taken", "caught up with 1").doesNotContain("dropped");
    assertThat(addMessage(1, "afterwards", slow)).isTrue();
    assertThat(begun).endsWith("caught up with 1", "afterwards");
  }

  @Test
  void a_message_after_a_dropped_one_is_dropped_although_there_is_room() {
    List<CompletableFuture<Boolean>> each = new ArrayList<>();
    lines.release();
    for (int i = 0; i < Inbox.LINE_LIMIT; i++) {
      each.add(new CompletableFuture<>());
      assertThat(addMessage(1, "taken", each.get(i))).isTrue();
    }
    assertThat(addMessage(1, "dropped", new CompletableFuture<>())).isFalse();

    each.get(0).complete(true);

    assertThat(addMessage(1, "next", new CompletableFuture<>())).isFalse();
    assertThat(add(1, "a command", new CompletableFuture<>())).isTrue();
  }

  @Test
  void all_customers_together_are_limited_and_no_customer_is_forgotten() {
    int customers = Inbox.LIMIT / Inbox.LINE_LIMIT;
    channels.put(customers, new ReadPosition(11, 0));
    CompletableFuture<Boolean> done = CompletableFuture.completedFuture(true);
    for (int i = 0; i < Inbox.LIMIT; i++) {
      assertThat(addMessage(i % customers, "taken", done)).isTrue();
    }
    assertThat(addMessage(customers, "first of another", done)).isFalse();

    lines.release();

    assertThat(begun).hasSize(Inbox.LIMIT + 1).contains("caught up with " + customers);
  }

  @Test
  void closing_drops_waiting_events_and_nothing_is_accepted_afterwards() {
    add(1, "first", new CompletableFuture<>());
    add(1, "second", new CompletableFuture<>());

    lines.close();
    inbox.close();
    lines.release();

    assertThat(begun).isEmpty();
    assertThat(dropped).containsExactly("first", "second");
    assertThat(add(1, "late", new CompletableFuture<>())).isFalse();
    assertThat(addMessage(1, "late", new CompletableFuture<>())).isFalse();
  }

  @Test
  void closing_drops_events_that_the_executor_has_not_begun() {
    Inbox idle = inbox(task -> {});
    CustomerLines never = lines(idle);
    never.release();
    recordDrop(never.add(1, work("first", new CompletableFuture<>())).orElseThrow(), "first");

    never.close();
    idle.close();

    assertThat(dropped).containsExactly("first");
  }
}
