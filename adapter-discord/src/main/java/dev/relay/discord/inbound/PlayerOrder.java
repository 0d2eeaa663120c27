package dev.relay.discord.inbound;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done one after the other for each player, and at once for different players. While it is held nothing is begun.
 * Thread-safe; nothing here blocks.
 */
final class PlayerOrder {
  /** How much may wait for one player: far more than a person writes while a file is copied. */
  static final int LIMIT = 500;

  private static final Logger LOG = LoggerFactory.getLogger(PlayerOrder.class);

  private final Executor executor;
  private final LongConsumer whenIdle;
  private final Map<Long, Line> lines = new HashMap<>();
  private boolean held = true;
  private boolean ended;

  private static final class Line {
    private final Deque<Supplier<CompletionStage<?>>> waiting = new ArrayDeque<>();
    private boolean busy;
  }

  /** Held at first. Work begins on that executor; the consumer is told when nothing is left for a player. */
  PlayerOrder(Executor executor, LongConsumer whenIdle) {
    this.executor = executor;
    this.whenIdle = whenIdle;
  }

  /** Puts work at the end of the player's line; false where too much waits already. The stage must complete. */
  boolean add(long player, Supplier<CompletionStage<?>> work) {
    return add(player, work, false);
  }

  /** Puts work in front of all that waits for the player. */
  void addFirst(long player, Supplier<CompletionStage<?>> work) {
    var unused = add(player, work, true);
  }

  private synchronized boolean add(long player, Supplier<CompletionStage<?>> work, boolean first) {
    if (ended) {
      return true;
    }
    Line line = lines.computeIfAbsent(player, none -> new Line());
    if (first) {
      line.waiting.addFirst(work);
    } else if (line.waiting.size() >= LIMIT) {
      return false;
    } else {
      line.waiting.addLast(work);
    }
    begin(player, line);
    return true;
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

  /** Forgets all that waits. */
  synchronized void end() {
    ended = true;
    lines.clear();
  }

  private void begin(long player, Line line) {
    if (held || ended || line.busy) {
      return;
    }
    Supplier<CompletionStage<?>> work = line.waiting.poll();
    if (work == null) {
      lines.remove(player);
      return;
    }
    line.busy = true;
    try {
      executor.execute(() -> run(player, line, work));
    } catch (RejectedExecutionException stopping) {
      ended = true;
    }
  }

  private void run(long player, Line line, Supplier<CompletionStage<?>> work) {
    CompletionStage<?> stage;
    try {
      stage = work.get();
    } catch (RuntimeException broken) {
      LOG.error("An event of a player could not be handed in", broken);
      stage = CompletableFuture.completedFuture(false);
    }
    var unused = stage.whenComplete((result, failure) -> done(player, line));
  }

  private void done(long player, Line line) {
    boolean idle;
    synchronized (this) {
      line.busy = false;
      idle = line.waiting.isEmpty();
      begin(player, line);
    }
    if (idle) {
      whenIdle.accept(player);
    }
  }
}
