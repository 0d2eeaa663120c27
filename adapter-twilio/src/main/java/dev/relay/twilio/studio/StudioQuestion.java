package dev.relay.twilio.studio;

import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
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

  /** The first report about a question. */
  enum Heard {
    /** The flow asks for the answer. */
    ASKED,
    /** The flow asks for a live agent. */
    LIVE_AGENT,
    /** The flow reports that it failed. */
    FLOW_FAILED,
    /** The question could not be posted, or the outcome is unknown. */
    NOT_POSTED,
    /** The question was posted before, by an attempt that did not end. */
    POSTED_BEFORE,
    /** The circuit breaker is open: the flow is not asked. */
    SKIPPED,
    /** Nothing came in time. */
    NOTHING
  }

  String id() {
    return id;
  }

  /** Records a report; only the first counts. */
  void heard(Heard what) {
    heard.complete(what);
  }

  /** Checks whether a report came or nobody is waiting any longer. */
  boolean isDecided() {
    return heard.isDone();
  }

  /** Waits for the first report. */
  Heard await(Duration patience) {
    try {
      return heard.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      // Later reports are ignored.
    }
    heard.complete(Heard.NOTHING);
    return heard.join();
  }

  /** Records the Twilio conversation in which the question was posted, and the id of its last message. */
  void posted(ConversationLink where, String sid) {
    message = sid;
    place = Optional.of(where);
  }

  /** Returns the conversation in which the question was posted; empty while it is unknown. */
  Optional<ConversationLink> place() {
    return place;
  }

  /** Checks whether a message may be this question; an empty id matches any. */
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
