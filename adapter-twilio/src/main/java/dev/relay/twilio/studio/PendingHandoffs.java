package dev.relay.twilio.studio;

import dev.relay.core.id.ConversationId;
import dev.relay.twilio.wire.LruCache;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The handoffs that wait for a Studio flow to make their task. Thread-safe; makes no calls. */
final class PendingHandoffs {
  /** The number of handoffs that are remembered; the count of a forgotten one begins anew. */
  private static final int REMEMBERED = 10_000;

  private final Map<String, Integer> startsInVain = LruCache.of(REMEMBERED);
  private final Map<String, Pending> byHandoff = LruCache.of(REMEMBERED);

  /** The outcome of a start of the flow. */
  enum Outcome {
    /** The task was made. */
    CREATED,
    /** The flow reports that it failed. */
    FAILED,
    /** Nothing was reported. */
    NOTHING
  }

  /** A waiting handoff. */
  final class Pending {
    private final String handoff;
    private final ConversationId conversation;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Set<String> failedMessages = new HashSet<>();
    private Optional<String> started = Optional.empty();

    private Pending(String handoff, ConversationId conversation) {
      this.handoff = handoff;
      this.conversation = conversation;
    }

    String handoff() {
      return handoff;
    }

    CompletableFuture<Outcome> outcome() {
      return outcome;
    }

    /** Records the message that started the flow; reports about earlier ones are ignored from now on. */
    void startedBy(String message) {
      synchronized (PendingHandoffs.this) {
        started = Optional.of(message);
        if (failedMessages.contains(message)) {
          outcome.complete(Outcome.FAILED);
        }
      }
    }

    /** Records that another start begins, whose message is not known yet. */
    void starting() {
      synchronized (PendingHandoffs.this) {
        started = Optional.empty();
      }
    }

    /** Checks whether a failure may be this handoff's; one that comes before its message is known is kept until then. */
    private boolean failed(String message) {
      boolean isMine = message.isEmpty() || started.filter(message::equals).isPresent();
      if (isMine) {
        outcome.complete(Outcome.FAILED);
      } else if (started.isEmpty()) {
        failedMessages.add(message);
      }
      return isMine || started.isEmpty();
    }

    /** Returns how many earlier starts of the flow made no task. */
    int startsInVain() {
      synchronized (PendingHandoffs.this) {
        return startsInVain.getOrDefault(handoff, 0);
      }
    }

    /** Counts one more start without a task; returns their number. */
    int inVain() {
      synchronized (PendingHandoffs.this) {
        return startsInVain.merge(handoff, 1, Integer::sum);
      }
    }
  }

  /** Begins to wait; reports that came between two attempts count. */
  synchronized Pending expect(String handoff, ConversationId conversation) {
    return byHandoff.computeIfAbsent(handoff, it -> new Pending(it, conversation));
  }

  synchronized void forget(String handoff) {
    byHandoff.remove(handoff);
    startsInVain.remove(handoff);
  }

  synchronized void created(String handoff) {
    Pending waiting = byHandoff.get(handoff);
    if (waiting != null) {
      waiting.outcome.complete(Outcome.CREATED);
    }
  }

  /** Records that the flow that a message started failed (empty if the flow does not name it); returns whether a handoff waited for it. */
  synchronized boolean failed(ConversationId conversation, String message) {
    boolean any = false;
    for (Pending waiting : byHandoff.values()) {
      if (waiting.conversation.equals(conversation)) {
        any |= waiting.failed(message);
      }
    }
    return any;
  }
}
