package dev.relay.twilio;

import dev.relay.twilio.WebhookObserver.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers Twilio's webhooks: refuses what is not Twilio's, and says that something is stored only when it is. Thread-safe. */
final class FlexWebhooks {
  private static final Logger LOG = LoggerFactory.getLogger(FlexWebhooks.class);
  /** Twilio waits five seconds; whoever runs Relay wants to see slowness before. */
  private static final long PATIENCE_MILLIS = 900;

  private static final String NAME_PARAMETER = "?conversation=";

  private final WebhookSignature signature;
  private final Function<String, CompletableFuture<Optional<ConversationName>>> nameOfSid;
  private final Function<FlexEvent, Optional<CompletableFuture<Void>>> hear;
  private final BooleanSupplier isOpen;
  private final WebhookObserver observer;

  FlexWebhooks(
      WebhookSignature signature,
      Function<String, CompletableFuture<Optional<ConversationName>>> nameOfSid,
      Function<FlexEvent, Optional<CompletableFuture<Void>>> hear,
      BooleanSupplier isOpen,
      WebhookObserver observer) {
    this.signature = signature;
    this.nameOfSid = nameOfSid;
    this.hear = hear;
    this.isOpen = isOpen;
    this.observer = observer;
  }

  CompletableFuture<Integer> receive(TwilioWebhook webhook) {
    return answer(webhook)
        .exceptionally(failure -> {
          LOG.warn("a webhook of Twilio's failed", failure);
          return Outcome.UNAVAILABLE;
        })
        .thenApply(outcome -> {
          observer.answered(outcome);
          return status(outcome);
        });
  }

  private static int status(Outcome outcome) {
    return switch (outcome) {
      case STORED, IGNORED -> 204;
      case FORGED -> 403;
      case MALFORMED -> 400;
      case LATE, UNAVAILABLE -> 503;
    };
  }

  private CompletableFuture<Outcome> answer(TwilioWebhook webhook) {
    if (webhook.body().length() > TwilioWebhook.MAX_BODY) {
      return CompletableFuture.completedFuture(Outcome.MALFORMED);
    }
    Optional<Map<String, String>> fields = signature.form(webhook);
    if (fields.isEmpty()) {
      return CompletableFuture.completedFuture(Outcome.FORGED);
    }
    if (!isOpen.getAsBoolean()) {
      return CompletableFuture.completedFuture(Outcome.UNAVAILABLE);
    }
    String address = webhook.pathAndQuery();
    int query = address.indexOf('?');
    String path = query < 0 ? address : address.substring(0, query);
    if (path.endsWith(TwilioWebhook.CONVERSATIONS)) {
      return ofConversation(address, fields.get());
    }
    return path.endsWith(TwilioWebhook.FLEX)
        ? ofTask(fields.get())
        : CompletableFuture.completedFuture(Outcome.MALFORMED);
  }

  private CompletableFuture<Outcome> ofConversation(String address, Map<String, String> fields) {
    int at = address.indexOf(NAME_PARAMETER);
    Optional<ConversationName> name = at < 0
        ? Optional.empty()
        : ConversationName.parse(address.substring(at + NAME_PARAMETER.length()));
    if (name.isEmpty() || !fields.containsKey("EventType")) {
      return CompletableFuture.completedFuture(Outcome.MALFORMED);
    }
    return handed(FlexEvents.ofConversation(name.get(), fields));
  }

  private CompletableFuture<Outcome> ofTask(Map<String, String> fields) {
    if (!fields.containsKey("EventType")) {
      return CompletableFuture.completedFuture(Outcome.MALFORMED);
    }
    if (!FlexEvents.isOfUse(fields)) {
      return CompletableFuture.completedFuture(Outcome.IGNORED);
    }
    Optional<ConversationName> named = FlexEvents.nameOfTask(fields);
    if (named.isPresent()) {
      return handed(FlexEvents.ofTask(named.get(), fields));
    }
    return FlexEvents.conversationSidOfTask(fields)
        .map(sid -> nameOfSid
            .apply(sid)
            .thenCompose(name -> handed(name.flatMap(it -> FlexEvents.ofTask(it, fields)))))
        .orElseGet(() -> CompletableFuture.completedFuture(Outcome.IGNORED));
  }

  private CompletableFuture<Outcome> handed(Optional<FlexEvent> event) {
    if (event.isEmpty()) {
      return CompletableFuture.completedFuture(Outcome.IGNORED);
    }
    Optional<CompletableFuture<Void>> done = hear.apply(event.get());
    return done.map(stored -> stored
            .thenApply(unused -> isOpen.getAsBoolean() ? Outcome.STORED : Outcome.UNAVAILABLE)
            .completeOnTimeout(Outcome.LATE, PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
        .orElseGet(() -> CompletableFuture.completedFuture(Outcome.UNAVAILABLE));
  }
}
