package dev.relay.twilio.studio;

import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.WebhookObserver.Outcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears what signed requests of a Studio flow ask. Thread-safe. */
public final class StudioWebhooks {
  private static final Logger LOG = LoggerFactory.getLogger(StudioWebhooks.class);

  private final BiPredicate<ConversationName, String> handoffFailed;
  private final Optional<StudioAgent> agent;

  /** With who is told which message's flow failed, and says whether a handoff waited for it. */
  public StudioWebhooks(
      BiPredicate<ConversationName, String> handoffFailed, Optional<StudioAgent> agent) {
    this.handoffFailed = handoffFailed;
    this.agent = agent;
  }

  /**
   * What a request is answered.
   *
   * @param outcome what became of it
   * @param json the answer's body, empty where there is none
   */
  public record Heard(Outcome outcome, String json) {
    public static Heard of(Outcome outcome) {
      return new Heard(outcome, "");
    }

    /** Without what people wrote. */
    @Override
    public String toString() {
      return "Heard[" + outcome + "]";
    }
  }

  public CompletableFuture<Heard> hear(String body) {
    Optional<StudioRequest> request = StudioRequest.parse(body);
    if (request.isEmpty()) {
      return CompletableFuture.completedFuture(Heard.of(Outcome.MALFORMED));
    }
    if (agent.filter(StudioAgent::isClosed).isPresent()) {
      return CompletableFuture.completedFuture(Heard.of(Outcome.UNAVAILABLE));
    }
    boolean isFailure = request.get().action() == StudioRequest.Action.FAILED;
    if (isFailure) {
      LOG.warn(
          "{}: the Studio flow failed in {}",
          request.get().name(),
          request.get().widget());
      if (handoffFailed.test(request.get().name(), request.get().message())) {
        // Perhaps it is a question's: a handoff that was given up is remembered for a while.
        agent.ifPresent(it -> it.hear(request.get()));
        return CompletableFuture.completedFuture(new Heard(Outcome.STORED, StudioAnswers.NOTED));
      }
    }
    return agent
        .flatMap(it -> it.hear(request.get()))
        .map(answer -> answer
            .thenApply(json -> new Heard(Outcome.STORED, json))
            .completeOnTimeout(
                new Heard(Outcome.LATE, StudioAnswers.PENDING),
                StudioTimes.FOR_ANSWER.toMillis(),
                TimeUnit.MILLISECONDS))
        .orElseGet(() -> CompletableFuture.completedFuture(Heard.of(Outcome.MALFORMED)));
  }
}
