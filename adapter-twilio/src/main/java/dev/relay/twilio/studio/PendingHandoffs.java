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
  /** How many are remembered; what is forgotten starts to count anew. */
  private static final int REMEMBERED = 10_000;

  private final Map<String, Integer> startsInVain = LruCache.of(REMEMBERED);
  private final Map<String, Pending> byHandoff = LruCache.of(REMEMBERED);

  /** What became of a start of the flow. */
  enum Outcome {
    /** The task is there. */
    CREATED,
    /** The flow says that it failed. */
    FAILED,
    /** Nothing was heard. */
    NOTHING
  }

  /** A handoff that waits. */
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

    /** The flow was started by that message; what was heard of earlier ones counts no more. */
    void startedBy(String message) {
      synchronized (PendingHandoffs.this) {
        started = Optional.of(message);
        if (failedMessages.contains(message)) {
          outcome.complete(Outcome.FAILED);
        }
      }
    }

    /** Another start begins: the message that makes it is not known yet. */
    void starting() {
      synchronized (PendingHandoffs.this) {
        started = Optional.empty();
      }
    }

    /** Whether the failure may be this one's; one that comes before its message is known waits for that. */
    private boolean failed(String message) {
      boolean isMine = message.isEmpty() || started.filter(message::equals).isPresent();
      if (isMine) {
        outcome.complete(Outcome.FAILED);
      } else if (started.isEmpty()) {
        failedMessages.add(message);
      }
      return isMine || started.isEmpty();
    }

    /** How often the flow was started for it before, and made nothing. */
    int startsInVain() {
      synchronized (PendingHandoffs.this) {
        return startsInVain.getOrDefault(handoff, 0);
      }
    }

    /** Counts one more such start; how many there are. */
    int inVain() {
      synchronized (PendingHandoffs.this) {
        return startsInVain.merge(handoff, 1, Integer::sum);
      }
    }
  }

  /** Begins to wait; what was heard between two attempts is known at once. */
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

  /** The flow that was started by that message (empty where it does not say) failed; whether a handoff waited for it. */
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
