package dev.relay.core.intake;

import dev.relay.core.conversation.Event;
import dev.relay.core.delivery.BackOff;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An ordered way to the intake: submits events one at a time per line, and resubmits each of them under the same key until the intake
 * has accepted or refused it. A line is anything with {@code equals} and {@code hashCode}: usually the customer's address or the
 * conversation. Different lines do not wait for each other. Every channel and desk receives an inbox when it is started.
 *
 * <p>If the intake is overloaded, the inbox waits as long as the intake asks, at most {@value #LONGEST_PAUSE_SECONDS} s. If the intake
 * is unavailable, the inbox backs off: 100 ms at first, doubling up to 10 s.
 *
 * <p>The number of submissions that are not settled yet is bounded, per line and in total. One that exceeds a bound is not accepted:
 * its future is complete at once with {@link IntakeResult.Overloaded}, which no accepted submission ever completes with. Report this to
 * the sender (a webhook answers 503), or read the message from the far side later.
 *
 * <p>Thread-safe. No method blocks, apart from the queries of {@link #intake()}. Work and dependents of the futures run on the inbox's
 * executor and never on the engine's own thread; work that blocks for more than a few seconds belongs on the caller's own executor.
 */
public final class Inbox implements AutoCloseable {
  /** Default bound for one line: far more than a customer writes while a file is copied. */
  public static final int LINE_LIMIT = 500;

  /** Default bound for all lines together: some tens of megabytes. */
  public static final int LIMIT = 10_000;

  /**
   * The threads of inboxes without an engine. Not the JVM's default for futures, which begins a new thread for each task on a machine with
   * fewer than three processors.
   */
  private static final Executor COMMON = Executors.newCachedThreadPool(task -> {
    Thread thread = new Thread(task, "relay-inbox");
    thread.setDaemon(true);
    return thread;
  });

  private static final int LONGEST_PAUSE_SECONDS = 30;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(LONGEST_PAUSE_SECONDS);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);
  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(10);
  private static final IntakeResult FULL = new IntakeResult.Overloaded(Duration.ofSeconds(5));

  private final ClosableIntake intake;
  private final Executor executor;
  private final Timer timer;
  private final int lineLimit;
  private final int limit;
  // Both guarded by this; a line is in the map as long as it has turns.
  private final Map<Object, Line> lines = new HashMap<>();
  private final Set<Attempts> paused = new HashSet<>();
  private int size;

  /**
   * Creates an inbox with the default bounds.
   *
   * @param intake receives the events
   * @param executor runs work and completes futures; may have any number of threads
   * @param timer measures the pauses before an event is resubmitted
   */
  public Inbox(Intake intake, Executor executor, Timer timer) {
    this(intake, executor, timer, LINE_LIMIT, LIMIT);
  }

  /**
   * Creates an inbox.
   *
   * @param intake receives the events
   * @param executor runs work and completes futures; may have any number of threads
   * @param timer measures the pauses before an event is resubmitted
   * @param lineLimit the number of submissions of one line that may be unsettled at a time
   * @param limit the number of submissions of all lines that may be unsettled at a time
   */
  public Inbox(Intake intake, Executor executor, Timer timer, int lineLimit, int limit) {
    this.intake = new ClosableIntake(intake);
    this.executor = executor;
    this.timer = timer;
    this.lineLimit = lineLimit;
    this.limit = limit;
  }

  /** Creates an inbox that runs in threads that all such inboxes share, for tests and for programs without an engine. */
  public static Inbox of(Intake intake) {
    return new Inbox(
        intake,
        COMMON,
        (delay, task) -> CompletableFuture.delayedExecutor(
                delay.toMillis(), TimeUnit.MILLISECONDS, COMMON)
            .execute(task));
  }

  /** A timer that runs tasks after a delay. Must be thread-safe. */
  @FunctionalInterface
  public interface Timer {
    /** Runs a short task once, after that delay, on any thread. Must not run it on the calling thread at once. */
    void after(Duration delay, Runnable task);
  }

  /**
   * Work that has its turn in a line.
   *
   * @param <T> the result of the work
   */
  @FunctionalInterface
  public interface Work<T> {
    /**
     * Begins the work. The line continues when the stage completes, so the stage must complete in every case; if this method throws or
     * the stage fails, the failure is reported through the submission's future and the line continues.
     */
    CompletionStage<T> begin();
  }

  /**
   * Submits an event after all earlier submissions of the same line. The future completes when the event is accepted, a duplicate or
   * refused; at once with {@link IntakeResult.Overloaded} if the line or the inbox is full; with {@link IntakeResult.Unavailable} if the
   * inbox is closed first. It never completes exceptionally.
   */
  public CompletableFuture<IntakeResult> submit(Object line, Event event) {
    return added(line, () -> submit(event));
  }

  /**
   * Submits an event that has to be prepared first, for example by copying a message's files. The preparation begins when its turn comes,
   * and later submissions of the line wait for it. The future completes as that of {@link #submit(Object, Event)} does; if the preparation
   * fails, it completes with that exception, nothing is submitted, and the line continues.
   */
  public CompletableFuture<IntakeResult> submit(Object line, Work<? extends Event> preparation) {
    return added(line, () -> preparation.begin().thenCompose(this::submit));
  }

  /**
   * Runs work after all earlier submissions of the same line, for example work that submits several events or looks something up before
   * it knows what to submit. The work submits by {@link #submit(Event)}: submitting to its own line and waiting for the result would
   * never end.
   *
   * @param line anything with {@code equals} and {@code hashCode}
   * @param work the work, which starts on the inbox's executor
   * @return a future that completes as the work does, and is cancelled if the inbox is closed before the work has begun; empty if the line
   *     or the inbox is full or the inbox is closed, in which case the work is never begun
   */
  public <T> Optional<CompletableFuture<T>> inTurn(Object line, Work<T> work) {
    return add(line, new Turn<>(work, null));
  }

  /**
   * Submits an event now, in no line, and resubmits it until it is settled: for work that has its turn, and for events whose order does
   * not matter. Completes as {@link #submit(Object, Event)} does, but does not count towards the bounds.
   */
  public CompletableFuture<IntakeResult> submit(Event event) {
    Attempts attempts = new Attempts(event);
    attempt(attempts);
    return attempts.settled;
  }

  /**
   * Returns the intake behind this inbox, for its queries, for keeping positions and attachments, and for callers that need an answer at
   * once and resubmit events themselves. Once the inbox is closed, {@link Intake#submit} completes with {@link IntakeResult.Unavailable}
   * and {@link Intake#keepPosition} with false.
   */
  public Intake intake() {
    return intake;
  }

  /** Checks whether the inbox is closed. */
  public boolean isClosed() {
    return intake.isClosed();
  }

  /** Checks whether everything that was submitted to a line is settled; a closed inbox is idle. */
  public synchronized boolean isIdle() {
    return size == 0 || isClosed();
  }

  /**
   * Closes the inbox: afterwards nothing more reaches the intake and no work begins. Submissions that wait, in a line or before being
   * resubmitted, complete with {@link IntakeResult.Unavailable}; an event that the intake already has completes with the intake's answer;
   * work that has begun completes as it does. Harmless if repeated.
   */
  @Override
  public void close() {
    intake.close();
    List<Turn<?>> dropped = new ArrayList<>();
    List<Attempts> unsettled;
    synchronized (this) {
      for (Line line : lines.values()) {
        line.turns.stream().filter(turn -> turn != line.begun).forEach(dropped::add);
      }
      lines.clear();
      size = 0;
      unsettled = List.copyOf(paused);
      paused.clear();
    }
    dropped.forEach(Turn::drop);
    unsettled.forEach(attempts -> attempts.settled.complete(ClosableIntake.CLOSED));
  }

  // Lines: one turn after the other

  private static final class Line {
    private final Deque<Turn<?>> turns = new ArrayDeque<>();
    private @Nullable Turn<?> begun;
  }

  private static final class Turn<T> {
    private final Work<T> work;
    private final @Nullable T ifDropped;
    // Completes on the thread that ends the work; the caller's future follows on the executor.
    private final CompletableFuture<T> ended = new CompletableFuture<>();
    private final CompletableFuture<T> result = new CompletableFuture<>();

    Turn(Work<T> work, @Nullable T ifDropped) {
      this.work = work;
      this.ifDropped = ifDropped;
    }

    CompletableFuture<T> begin() {
      try {
        var unused = work.begin().whenComplete((value, failure) -> complete(ended, value, failure));
      } catch (RuntimeException | Error broken) {
        ended.completeExceptionally(broken);
      }
      return ended;
    }

    void report() {
      var unused = ended.whenComplete((value, failure) -> complete(result, value, failure));
    }

    void drop() {
      if (ifDropped == null) {
        result.cancel(false);
      } else {
        result.complete(ifDropped);
      }
    }

    private static <T> void complete(
        CompletableFuture<T> future, T value, @Nullable Throwable failure) {
      if (failure == null) {
        future.complete(value);
        return;
      }
      Throwable cause = failure.getCause();
      future.completeExceptionally(
          failure instanceof CompletionException && cause != null ? cause : failure);
    }
  }

  private CompletableFuture<IntakeResult> added(Object line, Work<IntakeResult> work) {
    return add(line, new Turn<>(work, ClosableIntake.CLOSED))
        .orElseGet(
            () -> CompletableFuture.completedFuture(isClosed() ? ClosableIntake.CLOSED : FULL));
  }

  private <T> Optional<CompletableFuture<T>> add(Object key, Turn<T> turn) {
    Line known;
    Line line;
    synchronized (this) {
      known = lines.get(key);
      boolean isFull = size >= limit || (known != null && known.turns.size() >= lineLimit);
      if (isClosed() || isFull) {
        return Optional.empty();
      }
      line = known == null ? new Line() : known;
      line.turns.add(turn);
      lines.put(key, line);
      size++;
    }
    if (known == null) {
      run(() -> work(key, line));
    }
    return Optional.of(turn.result);
  }

  /** Runs the turns of a line, in a loop and not by recursion, until none is left or one is not done yet. */
  private void work(Object key, Line line) {
    Turn<?> turn;
    while ((turn = next(key, line)) != null) {
      CompletableFuture<?> ended = turn.begin();
      if (!ended.isDone()) {
        Turn<?> begun = turn;
        var unused = ended.whenComplete((value, failure) -> run(() -> {
          end(line, begun);
          work(key, line);
        }));
        return;
      }
      end(line, turn);
    }
  }

  private synchronized @Nullable Turn<?> next(Object key, Line line) {
    if (isClosed()) {
      return null;
    }
    Turn<?> first = line.turns.peek();
    line.begun = first;
    if (first == null) {
      lines.remove(key);
    }
    return first;
  }

  private void end(Line line, Turn<?> turn) {
    synchronized (this) {
      if (!isClosed()) {
        line.turns.remove();
        size--;
      }
    }
    turn.report();
  }

  // One event: attempt after attempt

  private static final class Attempts {
    private final Event event;
    private final CompletableFuture<IntakeResult> settled = new CompletableFuture<>();
    private Duration backOff = FIRST_BACK_OFF;

    Attempts(Event event) {
      this.event = event;
    }
  }

  private void attempt(Attempts attempts) {
    CompletableFuture<IntakeResult> answer = intake.submit(attempts.event);
    if (answer.isDone()) {
      answered(attempts, answer);
    } else {
      var unused = answer.whenComplete((result, failure) -> run(() -> answered(attempts, answer)));
    }
  }

  private void answered(Attempts attempts, CompletableFuture<IntakeResult> answer) {
    IntakeResult result = answer
        .exceptionally(
            failure -> new IntakeResult.Unavailable(failure.getClass().getSimpleName()))
        .join();
    if (result instanceof IntakeResult.Overloaded overloaded) {
      again(attempts, overloaded.retryAfter());
    } else if (result instanceof IntakeResult.Unavailable) {
      Duration pause = attempts.backOff;
      attempts.backOff = BackOff.shorter(pause.multipliedBy(2), LONGEST_BACK_OFF);
      again(attempts, pause);
    } else {
      attempts.settled.complete(result);
    }
  }

  private void again(Attempts attempts, Duration pause) {
    boolean isTooLate;
    synchronized (this) {
      isTooLate = isClosed();
      if (!isTooLate) {
        paused.add(attempts);
      }
    }
    if (isTooLate) {
      attempts.settled.complete(ClosableIntake.CLOSED);
      return;
    }
    Duration bounded = BackOff.shorter(pause, LONGEST_PAUSE);
    timer.after(
        bounded.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : bounded,
        () -> run(() -> resubmit(attempts)));
  }

  private void resubmit(Attempts attempts) {
    boolean isDue;
    synchronized (this) {
      isDue = paused.remove(attempts);
    }
    if (isDue) {
      attempt(attempts);
    }
  }

  /** Runs a task on the executor; once the inbox is closed, on the shared threads, since the executor may have ended. */
  private void run(Runnable task) {
    if (!isClosed()) {
      try {
        executor.execute(task);
        return;
      } catch (RejectedExecutionException ended) {
        close();
      }
    }
    COMMON.execute(task);
  }
}
