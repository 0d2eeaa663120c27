package dev.relay.twilio;

import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.account.WebhookAnswer;
import dev.relay.twilio.account.WebhookObserver;
import dev.relay.twilio.account.WebhookObserver.Outcome;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.flex.FlexDesk;
import dev.relay.twilio.flex.FlexWebhooks;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.sender.SenderWebhooks;
import dev.relay.twilio.sender.TwilioChannel;
import dev.relay.twilio.studio.StudioAgent;
import dev.relay.twilio.studio.StudioRequest;
import dev.relay.twilio.studio.StudioWebhooks;
import dev.relay.twilio.webhook.LoopAnswer;
import dev.relay.twilio.webhook.WebhookSignature;
import dev.relay.twilio.wire.LoopMark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entrance for Twilio's webhooks: checks the signature, then passes the request to the part of the adapter that it is for.
 * Thread-safe.
 */
public final class TwilioWebhooks {
  private static final Logger LOG = LoggerFactory.getLogger(TwilioWebhooks.class);

  private final WebhookSignature signature;
  private final FlexWebhooks flex;
  private final List<SenderWebhooks> senders;
  private final StudioWebhooks studio;
  private final LoopAnswer loop;
  private final WebhookObserver observer;

  TwilioWebhooks(
      TwilioConnection connection,
      FlexDesk desk,
      List<TwilioChannel> channels,
      Optional<StudioAgent> agent,
      WebhookObserver observer) {
    this.signature = new WebhookSignature(connection.settings());
    this.loop = new LoopAnswer(connection);
    this.flex = desk.webhooks();
    this.senders = channels.stream().map(TwilioChannel::webhooks).toList();
    this.studio = new StudioWebhooks(desk.studio(), agent);
    this.observer = observer;
  }

  /**
   * Answers a webhook: within a second, or within eight if it comes from a Studio flow. Never completes exceptionally; a failure is
   * logged and answered 503.
   */
  public CompletableFuture<WebhookAnswer> receive(WebhookRequest request) {
    return CompletableFuture.completedFuture(request)
        .thenCompose(this::received)
        .exceptionally(failure -> {
          LOG.warn("a webhook failed", failure);
          return WebhookAnswer.of(Outcome.UNAVAILABLE);
        })
        .thenApply(answer -> {
          observer.answered(answer.outcome());
          return answer;
        });
  }

  private CompletableFuture<WebhookAnswer> received(WebhookRequest request) {
    if (request.path().endsWith(WebhookRequest.STUDIO)) {
      return fromStudio(request);
    }
    if (request.body().length() > WebhookRequest.MAX_BODY) {
      return refused(Outcome.MALFORMED);
    }
    return signature
        .form(request)
        .map(fields -> event(request, fields).thenApply(WebhookAnswer::of))
        .orElseGet(() -> refused(unsigned(request)));
  }

  private Outcome unsigned(WebhookRequest request) {
    return signature.lacksKeyFor(request) ? Outcome.KEY_MISSING : Outcome.FORGED;
  }

  private CompletableFuture<WebhookAnswer> fromStudio(WebhookRequest request) {
    if (request.body().length() > StudioRequest.MAX_BODY) {
      return refused(Outcome.MALFORMED);
    }
    return signature.isSignedJson(request)
        ? studio.receive(request.body())
        : refused(unsigned(request));
  }

  private CompletableFuture<Outcome> event(WebhookRequest request, Map<String, String> fields) {
    if (request.path().endsWith(WebhookRequest.FLEX)) {
      return flex.ofTask(fields);
    }
    if (!request.path().endsWith(WebhookRequest.CONVERSATIONS)) {
      return CompletableFuture.completedFuture(Outcome.MALFORMED);
    }
    if (request.query().startsWith(LoopMark.PARAMETER)) {
      return loop.receive(request.query(), fields);
    }
    if (!request.query().startsWith(TwilioSender.PARAMETER)) {
      return flex.ofConversation(request.query(), fields);
    }
    return senders.stream()
        .filter(it -> it.isFor(request.query()))
        .findFirst()
        .map(it -> it.receive(fields))
        .orElseGet(() -> CompletableFuture.completedFuture(Outcome.MALFORMED));
  }

  private static CompletableFuture<WebhookAnswer> refused(Outcome outcome) {
    return CompletableFuture.completedFuture(WebhookAnswer.of(outcome));
  }
}
