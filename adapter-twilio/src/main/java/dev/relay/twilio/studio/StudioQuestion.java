package dev.relay.twilio.studio;

import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.Turn;
import dev.relay.twilio.conversation.ConversationLink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One question of a customer on its way through a Studio flow. Thread-safe; makes no calls. */
final class StudioQuestion {
  private final String id;
  private final CompletableFuture<Heard> heard = new CompletableFuture<>();
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private volatile String message = "";
  private volatile Optional<ConversationLink> place = Optional.empty();

  StudioQuestion(Turn turn) {
    this.id = turn.id();
  }

  /** What was heard first of a question. */
  enum Heard {
    /** The flow asks for the answer. */
    ASKED,
    /** The flow asks for a live agent. */
    LIVE_AGENT,
    /** The flow says that it failed. */
    FLOW_FAILED,
    /** The question could not be posted, or nobody knows. */
    NOT_POSTED,
    /** The question was posted before, by an attempt that did not end. */
    POSTED_BEFORE,
    /** The circuit breaker is open: the flow is not asked. */
    SKIPPED,
    /** Nothing, in time. */
    NOTHING
  }

  String id() {
    return id;
  }

  /** Something was heard of it; only the first counts. */
  void heard(Heard what) {
    heard.complete(what);
  }

  /** Whether something was heard, or nobody waits any more. */
  boolean isDecided() {
    return heard.isDone();
  }

  /** Waits for what is heard first. */
  Heard await(Duration patience) {
    try {
      return heard.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      // What comes now is too late.
    }
    heard.complete(Heard.NOTHING);
    return heard.join();
  }

  /** The question stands in that Twilio conversation, its last message under that id. */
  void posted(ConversationLink where, String sid) {
    message = sid;
    place = Optional.of(where);
  }

  /** Where the question stands; empty as long as that is not known. */
  Optional<ConversationLink> place() {
    return place;
  }

  /** Whether that message of Twilio's may be this question; an empty one says nothing. */
  boolean mayBe(String sid) {
    return sid.isEmpty() || message.isEmpty() || message.equals(sid);
  }

  void answered(Answer what) {
    answer.complete(what);
  }

  CompletableFuture<Answer> answer() {
    return answer;
  }
}
