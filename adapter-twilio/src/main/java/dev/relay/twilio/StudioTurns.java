package dev.relay.twilio;

import dev.relay.core.agent.Answer;
import dev.relay.core.conversation.ConversationId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The turns for which a Studio flow is awaited: one at the most in each conversation, since Relay asks its virtual agent one thing
 * after the other. A request that comes late releases the turn that is under way by then, which does it no harm. Thread-safe.
 */
final class StudioTurns {
  private final Map<ConversationId, Waiting> waiting = new ConcurrentHashMap<>();

  /** What a flow says of a message. */
  enum Verdict {
    /** The virtual agent is to answer. */
    ANSWER,
    /** The flow found that the customer wants a person. */
    PERSON,
    /** The flow broke. */
    FAILED
  }

  /** A turn for which the flow is awaited. */
  static final class Waiting {
    private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    /** Waits for the flow; false where it did not ask in time, or broke. */
    boolean awaitFlow(Duration patience) {
      try {
        return verdict.get(patience.toMillis(), TimeUnit.MILLISECONDS) != Verdict.FAILED;
      } catch (TimeoutException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } catch (ExecutionException e) {
        throw new IllegalStateException("a verdict never fails", e);
      }
    }

    boolean wantsPerson() {
      return verdict.getNow(Verdict.ANSWER) == Verdict.PERSON;
    }

    void answered(Answer what) {
      answer.complete(what);
    }
  }

  Waiting begin(ConversationId conversation) {
    Waiting turn = new Waiting();
    waiting.put(conversation, turn);
    return turn;
  }

  void end(ConversationId conversation, Waiting turn) {
    waiting.remove(conversation, turn);
    turn.answer.cancel(false);
  }

  /** A flow asks; what the customer gets, or empty where no turn is under way in that conversation. */
  Optional<CompletableFuture<Answer>> asked(ConversationId conversation, Verdict verdict) {
    return Optional.ofNullable(waiting.get(conversation)).map(turn -> {
      turn.verdict.complete(verdict);
      return turn.answer;
    });
  }
}
