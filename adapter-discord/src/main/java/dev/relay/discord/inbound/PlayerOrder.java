package dev.relay.discord.inbound;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done one after the other for each player, and at once for different players. While it is held nothing is begun.
 *
 * <p>A player for whom too much waits falls behind: no more messages of theirs are taken, because each one that is handed in moves
 * the position past those before it. They are caught up with, from the history, as soon as nothing is left in their line.
 * Thread-safe; nothing here blocks.
 */
final class PlayerOrder {
  /** How much may wait for one player: far more than a person writes while a file is copied. */
  static final int LIMIT = 500;
  /** How much may wait for all players together: some tens of megabytes. */
  static final int LIMIT_OF_ALL = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(PlayerOrder.class);

  private final Executor executor;
  private final LongFunction<CompletionStage<?>> catchingUp;
  private final Map<Long, Line> lines = new HashMap<>();
  private int waiting;
  private boolean held = true;
  private boolean ended;

  private record Work(Supplier<CompletionStage<?>> doing, Runnable dropped) {}

  private static final class Line {
    private final Deque<Work> waiting = new ArrayDeque<>();
    private @Nullable Work next;
    private boolean busy;
    private boolean behind;
  }

  /**
   * Held at first. Work begins on that executor.
   *
   * @param catchingUp reads what was turned away of a player; what is taken from its beginning on is done after it
   */
  PlayerOrder(Executor executor, LongFunction<CompletionStage<?>> catchingUp) {
    this.executor = executor;
    this.catchingUp = catchingUp;
  }

  /**
   * Puts a message at the end of the player's line; false where it is turned away, which lets the player fall behind, and after the
   * end. The stage must complete.
   */
  synchronized boolean addMessage(long player, Supplier<CompletionStage<?>> work) {
    if (ended) {
      return false;
    }
    Line line = line(player);
    if (line.behind || isFull(line)) {
      line.behind = true;
      begin(player, line);
      return false;
    }
    append(player, line, new Work(work, () -> {}));
    return true;
  }

  /**
   * Puts other work at the end of the player's line; false where too much waits already, and after the end. The stage must complete.
   *
   * @param dropped called where the end comes before the work has begun
   */
  synchronized boolean add(long player, Supplier<CompletionStage<?>> work, Runnable dropped) {
    if (ended) {
      return false;
    }
    Line line = line(player);
    if (isFull(line)) {
      return false;
    }
    append(player, line, new Work(work, dropped));
    return true;
  }

  /** Puts work in front of all that waits for the player. */
  synchronized void addFirst(long player, Supplier<CompletionStage<?>> work) {
    if (!ended) {
      Line line = line(player);
      line.waiting.addFirst(new Work(work, () -> {}));
      waiting++;
      begin(player, line);
    }
  }

  /** Begins nothing more until it is released; what is being done goes on. */
  synchronized void hold() {
    held = true;
  }

  /** Begins what waits. */
  synchronized void release() {
    held = false;
    new HashMap<>(lines).forEach(this::begin);
  }

  /** Drops all that has not begun. */
  void end() {
    List<Work> dropped = new ArrayList<>();
    synchronized (this) {
      ended = true;
      for (Line line : lines.values()) {
        if (line.next != null) {
          dropped.add(line.next);
        }
        dropped.addAll(line.waiting);
      }
      lines.clear();
      waiting = 0;
    }
    dropped.forEach(work -> work.dropped().run());
  }

  private Line line(long player) {
    return lines.computeIfAbsent(player, none -> new Line());
  }

  private boolean isFull(Line line) {
    return line.waiting.size() >= LIMIT || waiting >= LIMIT_OF_ALL;
  }

  private void append(long player, Line line, Work work) {
    line.waiting.addLast(work);
    waiting++;
    begin(player, line);
  }

  private void begin(long player, Line line) {
    if (held || ended || line.busy) {
      return;
    }
    Work work = line.waiting.poll();
    if (work != null) {
      waiting--;
    } else if (line.behind) {
      // From here on messages are taken again: they come after what the reading finds.
      line.behind = false;
      work = new Work(() -> catchingUp.apply(player), () -> {});
    } else {
      lines.remove(player);
      return;
    }
    line.busy = true;
    line.next = work;
    try {
      executor.execute(() -> run(player, line));
    } catch (RejectedExecutionException stopping) {
      LOG.debug("Stopped before an event was handed in");
    }
  }

  private void run(long player, Line line) {
    Work work;
    synchronized (this) {
      work = line.next;
      line.next = null;
      if (ended || work == null) {
        return;
      }
    }
    CompletionStage<?> stage;
    try {
      stage = work.doing().get();
    } catch (RuntimeException broken) {
      LOG.error("An event of a player could not be handed in", broken);
      stage = CompletableFuture.completedFuture(false);
    }
    var unused = stage.whenComplete((result, failure) -> done(player, line));
  }

  private synchronized void done(long player, Line line) {
    line.busy = false;
    begin(player, line);
  }
}
