package dev.relay.discord.inbound;

import dev.relay.core.intake.Inbox;
import dev.relay.discord.customer.CustomerChannels;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.customer.ReadPosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of each customer in order: missed messages first, then live events. The inbox keeps the order of live events; this class lets
 * them wait until the customer's gap has been read. While it is held, no event is submitted.
 *
 * <p>A customer whose line is full falls behind: further messages are dropped, because each submitted message moves the read position past
 * those before it. Once the line is empty, the dropped messages are read from the history. A customer also falls behind if a message
 * fails: the messages that wait behind it are then not submitted but read from the history too. Thread-safe; does not block.
 */
final class CustomerLines {
  private static final Logger LOG = LoggerFactory.getLogger(CustomerLines.class);

  private final Inbox inbox;
  private final GapSource gaps;
  private final CustomerChannels channels;
  private final Map<Long, Line> lines = new HashMap<>();
  private CompletableFuture<Void> released = new CompletableFuture<>();
  private boolean held = true;
  private boolean closed;

  private static final class Line {
    private int turns;
    private boolean behind;
    // A message failed: those that still wait in the line come after it. Implies behind.
    private boolean failed;
    private @Nullable CompletableFuture<Void> running;
    private @Nullable CompletableFuture<Void> gap;

    boolean isIdle() {
      return turns == 0 && !behind && gap == null;
    }
  }

  /** Creates lines that are held. */
  CustomerLines(Inbox inbox, GapSource gaps, CustomerChannels channels) {
    this.inbox = inbox;
    this.gaps = gaps;
    this.channels = channels;
  }

  /**
   * Adds a message to the end of the customer's line. If the line is full, the customer falls behind.
   *
   * @return false if the message was dropped
   */
  synchronized <T> boolean addMessage(long customer, Inbox.Work<T> work) {
    if (closed) {
      return false;
    }
    Line line = line(customer);
    if (!line.behind && add(customer, line, () -> beginMessage(line, work)).isPresent()) {
      return true;
    }
    line.behind = true;
    catchUp(customer, line);
    removeIfIdle(customer, line);
    return false;
  }

  /**
   * Adds other work to the end of the customer's line.
   *
   * @return completes as the work does; cancelled if the lines are closed first; empty if the line is full or the lines are closed
   */
  synchronized <T> Optional<CompletableFuture<T>> add(long customer, Inbox.Work<T> work) {
    if (closed) {
      return Optional.empty();
    }
    Line line = line(customer);
    Optional<CompletableFuture<T>> added = add(customer, line, () -> begin(line, work));
    removeIfIdle(customer, line);
    return added;
  }

  /** Reads a customer's gap before the next event of their line. */
  synchronized void addGap(long customer, ReadPosition from) {
    openGap(customer, line(customer), () -> gaps.read(customer, from));
  }

  /** Does a reading of a customer's earlier messages before the next event of their line. */
  synchronized void addReading(long customer, Reading reading) {
    if (!closed) {
      openGap(customer, line(customer), reading);
    }
  }

  /** A reading of messages, which completes when all are settled, or if the channel cannot be read. */
  interface Reading {
    /** Begins the reading. Does not block. */
    CompletableFuture<?> begin();
  }

  /** Submits no further event until {@link #release}; an event that is already being submitted continues. */
  synchronized void hold() {
    held = true;
  }

  /** Submits the waiting events. */
  void release() {
    CompletableFuture<Void> waiting;
    synchronized (this) {
      held = false;
      waiting = released;
      // Before the old one completes: events that wake after another hold() must find one to wait
      // for.
      released = new CompletableFuture<>();
      new HashMap<>(lines).forEach(this::catchUp);
    }
    waiting.complete(null);
  }

  /** Submits nothing more: waiting events are cancelled in order. Close the inbox afterwards. */
  void close() {
    CompletableFuture<Void> waiting;
    List<CompletableFuture<Void>> open;
    synchronized (this) {
      closed = true;
      waiting = released;
      open = lines.values().stream()
          .flatMap(line -> Optional.ofNullable(line.gap).stream())
          .toList();
    }
    waiting.complete(null);
    open.forEach(gap -> gap.complete(null));
  }

  private Line line(long customer) {
    return lines.computeIfAbsent(customer, unused -> new Line());
  }

  private void removeIfIdle(long customer, Line line) {
    if (line.isIdle()) {
      lines.remove(customer, line);
    }
  }

  private <T> Optional<CompletableFuture<T>> add(long customer, Line line, Inbox.Work<T> work) {
    Optional<CompletableFuture<T>> turn = inbox.inTurn(DiscordAddresses.address(customer), work);
    if (turn.isPresent()) {
      line.turns++;
      var unused = turn.get().whenComplete((result, failure) -> {
        if (failure != null && !(failure instanceof CancellationException)) {
          LOG.error("An event of a customer could not be submitted", failure);
        }
        end(customer, line);
      });
    }
    return turn;
  }

  /** Begins a message as {@link #begin} does. If it fails, the customer falls behind before the next turn of the line begins. */
  private <T> CompletionStage<T> beginMessage(Line line, Inbox.Work<T> work) {
    try {
      return begin(
              line, () -> hasFailed(line) ? cancelled("an earlier message failed") : work.begin())
          .whenComplete((result, failure) -> {
            if (failure != null) {
              fail(line);
            }
          });
    } catch (RuntimeException | Error broken) {
      fail(line);
      throw broken;
    }
  }

  private synchronized boolean hasFailed(Line line) {
    return line.failed;
  }

  private synchronized void fail(Line line) {
    line.behind = true;
    line.failed = true;
  }

  private static <T> CompletionStage<T> cancelled(String reason) {
    return CompletableFuture.failedFuture(new CancellationException(reason));
  }

  /** Begins work once the lines are released and the customer's gap is read. */
  private <T> CompletionStage<T> begin(Line line, Inbox.Work<T> work) {
    CompletableFuture<Void> first;
    CompletableFuture<Void> running = new CompletableFuture<>();
    synchronized (this) {
      if (closed) {
        return cancelled("the channel has stopped");
      }
      first = held ? released : line.gap;
      if (first == null) {
        line.running = running;
      } else if (first.isDone()) {
        // Never happens while both are replaced before they complete; waiting for it would recurse
        // without end.
        throw new IllegalStateException("the line waits for something that is already done");
      }
    }
    if (first != null) {
      return first.thenCompose(unused -> begin(line, work));
    }
    try {
      return work.begin().whenComplete((result, failure) -> running.complete(null));
    } catch (RuntimeException | Error broken) {
      running.complete(null);
      throw broken;
    }
  }

  private synchronized void end(long customer, Line line) {
    line.turns--;
    catchUp(customer, line);
    removeIfIdle(customer, line);
  }

  /** Reads the dropped messages of a customer whose line is empty. Messages are taken again from now on: they follow the gap. */
  private void catchUp(long customer, Line line) {
    if (!line.behind || held || closed || line.turns > 0 || line.gap != null) {
      return;
    }
    line.behind = false;
    line.failed = false;
    channels
        .of(customer)
        .ifPresent(position -> openGap(customer, line, () -> gaps.read(customer, position)));
  }

  private void openGap(long customer, Line line, Reading reading) {
    CompletableFuture<Void> gap = new CompletableFuture<>();
    CompletableFuture<Void> before = line.gap != null
        ? line.gap
        : line.running != null ? line.running : CompletableFuture.completedFuture(null);
    line.gap = gap;
    var unused = before.thenCompose(done -> reading.begin()).whenComplete((result, failure) -> {
      synchronized (this) {
        if (line.gap == gap) {
          line.gap = null;
        }
        catchUp(customer, line);
        removeIfIdle(customer, line);
      }
      gap.complete(null);
    });
  }
}
