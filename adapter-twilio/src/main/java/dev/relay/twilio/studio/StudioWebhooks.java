package dev.relay.twilio.studio;

import dev.relay.twilio.account.WebhookAnswer;
import dev.relay.twilio.account.WebhookObserver.Outcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives the signed requests of a Studio flow. Thread-safe. */
public final class StudioWebhooks {
  private static final Logger LOG = LoggerFactory.getLogger(StudioWebhooks.class);

  private final Optional<StudioOffering> offering;
  private final Optional<StudioAgent> agent;

  /**
   * Creates a receiver.
   *
   * @param offering the desk's handoffs by the flow, if it routes
   * @param agent the virtual agent behind the flow, if it routes
   */
  public StudioWebhooks(Optional<StudioOffering> offering, Optional<StudioAgent> agent) {
    this.offering = offering;
    this.agent = agent;
  }

  /** Receives the body of a request. */
  public CompletableFuture<WebhookAnswer> receive(String body) {
    Optional<StudioRequest> request = StudioRequest.parse(body);
    if (request.isEmpty()) {
      return CompletableFuture.completedFuture(WebhookAnswer.of(Outcome.MALFORMED));
    }
    if (agent.filter(StudioAgent::isClosed).isPresent()) {
      return CompletableFuture.completedFuture(WebhookAnswer.of(Outcome.UNAVAILABLE));
    }
    boolean isFailure = request.get().action() == StudioRequest.Action.FAILED;
    if (isFailure) {
      LOG.warn(
          "{}: the Studio flow failed in {}",
          request.get().name(),
          request.get().widget());
      if (isHandoff(request.get())) {
        // It may concern a question too: a handoff that was given up is remembered for a while.
        agent.ifPresent(it -> it.receive(request.get()));
        return CompletableFuture.completedFuture(
            new WebhookAnswer(Outcome.STORED, StudioAnswers.NOTED));
      }
    }
    return agent
        .flatMap(it -> it.receive(request.get()))
        .map(answer -> answer
            .thenApply(json -> new WebhookAnswer(Outcome.STORED, json))
            .completeOnTimeout(
                new WebhookAnswer(Outcome.LATE, StudioAnswers.PENDING),
                StudioTimes.FOR_ANSWER.toMillis(),
                TimeUnit.MILLISECONDS))
        .orElseGet(() -> CompletableFuture.completedFuture(WebhookAnswer.of(Outcome.MALFORMED)));
  }

  /** Checks whether a handoff waited for the flow that failed. */
  private boolean isHandoff(StudioRequest request) {
    return offering
        .filter(it -> it.failed(request.name().conversation(), request.message()))
        .isPresent();
  }
}
