package dev.relay.twilio.webhook;

import dev.relay.twilio.account.Sender;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.flex.FlexDesk;
import dev.relay.twilio.flex.FlexWebhooks;
import dev.relay.twilio.sender.ChannelWebhooks;
import dev.relay.twilio.sender.TwilioChannel;
import dev.relay.twilio.studio.StudioAgent;
import dev.relay.twilio.studio.StudioRequest;
import dev.relay.twilio.studio.StudioWebhooks;
import dev.relay.twilio.wire.TwilioWebhook;
import dev.relay.twilio.wire.WebhookObserver;
import dev.relay.twilio.wire.WebhookObserver.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one door through which Twilio's webhooks come: refuses what is not Twilio's and brings the rest to the part of this adapter
 * that it is for. Thread-safe.
 */
public final class TwilioWebhooks {
  private static final Logger LOG = LoggerFactory.getLogger(TwilioWebhooks.class);

  private final WebhookSignature signature;
  private final WebhookObserver observer;
  private final FlexWebhooks flex;
  private final List<ChannelWebhooks> channels;
  private final StudioWebhooks studio;

  /** A door for an account without Studio, numbers or pages. */
  public TwilioWebhooks(TwilioSettings settings, FlexDesk desk, WebhookObserver observer) {
    this(settings, desk, List.of(), Optional.empty(), observer);
  }

  /**
   * A door.
   *
   * @param settings whose token signs
   * @param desk hears what agents do
   * @param channels hear what people write
   * @param studio answers Studio's flow, where there is one
   * @param observer is told what became of each webhook
   */
  public TwilioWebhooks(
      TwilioSettings settings,
      FlexDesk desk,
      List<TwilioChannel> channels,
      Optional<StudioAgent> studio,
      WebhookObserver observer) {
    this.signature = new WebhookSignature(settings);
    this.observer = observer;
    this.flex = desk.webhooks();
    this.channels = channels.stream().map(TwilioChannel::webhooks).toList();
    this.studio = new StudioWebhooks(desk::studioFailed, studio);
  }

  /** Answers a webhook, within a second where it is none of a Studio flow. Never completes exceptionally. */
  public CompletableFuture<WebhookAnswer> receive(TwilioWebhook webhook) {
    if (webhook.path().endsWith(TwilioWebhook.STUDIO)) {
      return asked(webhook)
          .exceptionally(failure -> {
            LOG.warn("a question of a Studio flow failed", failure);
            return StudioWebhooks.Heard.of(Outcome.UNAVAILABLE);
          })
          .thenApply(heard -> {
            observer.answered(heard.outcome());
            return heard.json().isEmpty()
                ? WebhookAnswer.of(status(heard.outcome()))
                : new WebhookAnswer(200, heard.json());
          });
    }
    return heard(webhook)
        .exceptionally(failure -> {
          LOG.warn("a webhook of Twilio's failed", failure);
          return Outcome.UNAVAILABLE;
        })
        .thenApply(outcome -> {
          observer.answered(outcome);
          return WebhookAnswer.of(status(outcome));
        });
  }

  private CompletableFuture<StudioWebhooks.Heard> asked(TwilioWebhook webhook) {
    if (webhook.body().length() > StudioRequest.MAX_BODY) {
      return CompletableFuture.completedFuture(StudioWebhooks.Heard.of(Outcome.MALFORMED));
    }
    return signature.isSignedJson(webhook)
        ? studio.hear(webhook.body())
        : CompletableFuture.completedFuture(StudioWebhooks.Heard.of(Outcome.FORGED));
  }

  private static int status(Outcome outcome) {
    return switch (outcome) {
      case STORED, IGNORED -> 204;
      case FORGED -> 403;
      case MALFORMED -> 400;
      case LATE, UNAVAILABLE -> 503;
    };
  }

  private CompletableFuture<Outcome> heard(TwilioWebhook webhook) {
    if (webhook.body().length() > TwilioWebhook.MAX_BODY) {
      return CompletableFuture.completedFuture(Outcome.MALFORMED);
    }
    Optional<Map<String, String>> fields = signature.form(webhook);
    if (fields.isEmpty()) {
      return CompletableFuture.completedFuture(Outcome.FORGED);
    }
    String path = webhook.path();
    if (path.endsWith(TwilioWebhook.CONVERSATIONS)) {
      if (webhook.query().startsWith(Sender.PARAMETER)) {
        return channels.stream()
            .filter(it -> it.isFor(webhook.query()))
            .findFirst()
            .map(it -> it.hear(fields.get()))
            .orElseGet(() -> CompletableFuture.completedFuture(Outcome.MALFORMED));
      }
      return flex.ofConversation(webhook.query(), fields.get());
    }
    return path.endsWith(TwilioWebhook.FLEX)
        ? flex.ofTask(fields.get())
        : CompletableFuture.completedFuture(Outcome.MALFORMED);
  }
}
