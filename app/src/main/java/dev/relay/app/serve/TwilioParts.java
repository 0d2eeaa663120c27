package dev.relay.app.serve;

import dev.relay.app.config.Configuration;
import dev.relay.http.WebhookRoute;
import dev.relay.twilio.FlexDesk;
import dev.relay.twilio.TwilioSettings;
import dev.relay.twilio.TwilioWebhook;
import dev.relay.twilio.TwilioWebhooks;
import dev.relay.twilio.WebhookAnswer;
import dev.relay.twilio.WebhookObserver;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** adapter-twilio: the Flex desk and the door for Twilio's webhooks. */
final class TwilioParts {
  /** Seconds after which a webhook that was not stored may come again. */
  private static final Map<String, String> COME_AGAIN = Map.of("Retry-After", "2");

  private final TwilioSettings settings;
  private final FlexDesk desk;

  private TwilioParts(TwilioSettings settings, InstantSource clock) {
    this.settings = settings;
    this.desk = new FlexDesk(settings, clock);
  }

  /** Empty where no account is set. */
  static Optional<TwilioParts> of(Configuration configuration, InstantSource clock) {
    return configuration
        .twilio()
        .accountSid()
        .map(account -> new TwilioParts(TwilioAccess.of(configuration, account), clock));
  }

  FlexDesk desk() {
    return desk;
  }

  /** Where Twilio's webhooks are received. */
  List<WebhookRoute.Mounted> webhooks(WebhookObserver observer) {
    TwilioWebhooks door = new TwilioWebhooks(settings, desk, observer);
    WebhookRoute route = request -> door.receive(
            new TwilioWebhook(request.pathAndQuery(), request.headers(), request.body()))
        .thenApply(TwilioParts::answer);
    return Stream.of(TwilioWebhook.CONVERSATIONS, TwilioWebhook.FLEX, TwilioWebhook.STUDIO)
        .map(path -> new WebhookRoute.Mounted(path, route))
        .toList();
  }

  private static WebhookRoute.Answer answer(WebhookAnswer answer) {
    if (!answer.json().isEmpty()) {
      return new WebhookRoute.Answer(answer.status(), "application/json", answer.json(), Map.of());
    }
    return answer.status() == 503
        ? new WebhookRoute.Answer(503, "", "", COME_AGAIN)
        : WebhookRoute.Answer.of(answer.status());
  }
}
