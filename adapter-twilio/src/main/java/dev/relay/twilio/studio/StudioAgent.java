package dev.relay.twilio.studio;

import dev.relay.core.delivery.Health;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import dev.relay.twilio.account.StudioObserver;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.conversation.MessagePoster;
import dev.relay.twilio.rest.TwilioConnection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A virtual agent behind a Studio flow: every message of the customer is posted to Twilio, the flow asks Relay for the answer by {@link
 * WebhookRequest#STUDIO} (or for a live agent), and Relay sends the answer to the customer. If the flow does not ask in time, the
 * virtual agent answers without it. Thread-safe.
 */
public final class StudioAgent implements VirtualAgent, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StudioAgent.class);
  private static final int THREADS = 16;

  private final VirtualAgent inner;
  private final StudioObserver observer;
  private final StudioTimes times;
  private final StudioQuestions questions = new StudioQuestions();
  private final StudioConversations conversations;
  private final QuestionPosting posting;
  private final ReplyNotes notes;
  private final CircuitBreaker breaker;
  private final RecentFailure failures;
  private final ExecutorService workers;
  private final Sequences sequences;

  /**
   * Puts a flow in front of a virtual agent; makes no calls.
   *
   * @param connection the account, whose settings name the flow
   * @param inner answers the questions
   * @param observer is notified of how each question came to its answer
   * @param times how long the agent waits for the flow
   */
  public StudioAgent(
      TwilioConnection connection, VirtualAgent inner, StudioObserver observer, StudioTimes times) {
    this.inner = inner;
    this.observer = observer;
    this.times = times;
    breaker = new CircuitBreaker(connection.clock());
    failures = new RecentFailure(connection.clock());
    workers = Executors.newFixedThreadPool(THREADS, work -> {
      Thread thread = new Thread(work, "studio-agent");
      thread.setDaemon(true);
      return thread;
    });
    sequences = new Sequences(workers);
    conversations = new StudioConversations(connection);
    MessagePoster poster = new MessagePoster(connection);
    posting = new QuestionPosting(conversations, poster, breaker, failures);
    notes = new ReplyNotes(sequences, poster, times);
  }

  @Override
  public String displayName(Locale locale) {
    return inner.displayName(locale);
  }

  /**
   * Waits at most five seconds for the flow, then answers without it; never longer than that and the time of the answer. After three
   * questions without success the flow is not waited for during half a minute.
   */
  @Override
  public Answer answer(Turn turn) {
    StudioQuestion mine = new StudioQuestion(turn);
    StudioQuestion first = questions.begin(turn.conversation(), mine);
    if (first != mine) {
      // Asked twice at a time: answered once.
      return first.answer().join();
    }
    Answer answer = new Answer.Failed("the virtual agent failed", Optional.empty());
    try {
      StudioQuestion.Heard heard = askTheFlow(turn, mine);
      observer.answered(way(heard));
      answer = heard == StudioQuestion.Heard.LIVE_AGENT
          ? new Answer.HandOver(Answer.HandOverReason.ASKED, List.of())
          : inner.answer(turn);
      mine.answered(answer);
      if (heard != StudioQuestion.Heard.NOT_POSTED && heard != StudioQuestion.Heard.SKIPPED) {
        notes.note(turn, mine, inner.displayName(turn.locale()), answer);
      }
      if (heard == StudioQuestion.Heard.NOTHING) {
        // Perhaps the conversation lacks the webhook that starts the flow, or asks for agents: it
        // is
        // read again.
        conversations.forget(turn.conversation());
      }
    } finally {
      // Whatever happens, the flow and a second caller must not wait for ever.
      mine.answered(answer);
    }
    return answer;
  }

  private StudioQuestion.Heard askTheFlow(Turn turn, StudioQuestion mine) {
    if (breaker.isOpen()) {
      mine.heard(StudioQuestion.Heard.SKIPPED);
      return StudioQuestion.Heard.SKIPPED;
    }
    Optional<CompletableFuture<Void>> posted = sequences.add(turn.conversation(), () -> {
      posting.post(turn, mine);
      return CompletableFuture.completedFuture(null);
    });
    if (posted.isEmpty()) {
      mine.heard(StudioQuestion.Heard.NOT_POSTED);
    }
    StudioQuestion.Heard heard = mine.await(times.forQuestion());
    switch (heard) {
      case ASKED, LIVE_AGENT -> {
        failures.clear();
        breaker.succeeded();
      }
      case NOTHING -> {
        breaker.failed();
        failures.record("the Studio flow did not ask for an answer in time: is it published, and"
            + " does it reach RELAY_PUBLIC_URL?");
        LOG.warn("turn {}: the Studio flow did not ask in time", turn.id());
      }
      case FLOW_FAILED -> failures.record("the Studio flow reports that it failed");
      case NOT_POSTED, POSTED_BEFORE, SKIPPED ->
        LOG.info("turn {}: answered at once ({})", turn.id(), heard);
    }
    return heard;
  }

  private static StudioObserver.Way way(StudioQuestion.Heard heard) {
    return switch (heard) {
      case ASKED -> StudioObserver.Way.ASKED;
      case LIVE_AGENT -> StudioObserver.Way.LIVE_AGENT;
      case FLOW_FAILED -> StudioObserver.Way.FLOW_FAILED;
      case NOT_POSTED, SKIPPED -> StudioObserver.Way.NOT_POSTED;
      case POSTED_BEFORE -> StudioObserver.Way.POSTED_BEFORE;
      case NOTHING -> StudioObserver.Way.NOT_ASKED;
    };
  }

  /** Receives what the flow asks; empty if that conversation has no question. */
  Optional<CompletableFuture<String>> receive(StudioRequest request) {
    return questions.receive(request);
  }

  /** Reports whether the flow asks, as far as the last minute shows. Makes no calls. */
  public Health health() {
    return failures.health();
  }

  boolean isClosed() {
    return workers.isShutdown();
  }

  /** Ends the work in the background; harmless if repeated. */
  @Override
  public void close() {
    workers.shutdown();
    if (inner instanceof AutoCloseable closeable) {
      closeQuietly(closeable);
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      LOG.warn("the virtual agent is not closed: {}", e.getClass().getSimpleName());
    }
  }
}
