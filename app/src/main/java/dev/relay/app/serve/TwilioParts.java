package dev.relay.app.serve;

import dev.relay.app.config.Configuration;
import dev.relay.core.delivery.Health;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.http.WebhookRoute;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.flex.FlexDesk;
import dev.relay.twilio.sender.TwilioChannel;
import dev.relay.twilio.studio.StudioAgent;
import dev.relay.twilio.studio.StudioObserver;
import dev.relay.twilio.webhook.TwilioWebhooks;
import dev.relay.twilio.webhook.WebhookAnswer;
import dev.relay.twilio.wire.TwilioWebhook;
import dev.relay.twilio.wire.WebhookObserver;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** adapter-twilio: the Flex desk, the channels of phones and pages, Studio's part, and the door for Twilio's webhooks. */
final class TwilioParts {
  /** Seconds after which a webhook that was not stored may come again. */
  private static final Map<String, String> COME_AGAIN = Map.of("Retry-After", "2");

  private final TwilioSettings settings;
  private final InstantSource clock;
  private final FlexDesk desk;
  private final List<TwilioChannel> channels;
  private Optional<StudioAgent> studio = Optional.empty();

  private TwilioParts(TwilioSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.desk = new FlexDesk(settings, clock);
    this.channels = settings.senders().stream()
        .map(sender -> new TwilioChannel(settings, sender, clock))
        .toList();
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

  /** Through which customers write by phone and page. */
  List<TwilioChannel> channels() {
    return channels;
  }

  /** The ids of those channels. */
  Set<String> channelIds() {
    return channels.stream().map(channel -> channel.id().value()).collect(Collectors.toSet());
  }

  /** Who answers first: where a Studio flow routes, that agent asks it before. */
  VirtualAgent routed(VirtualAgent inner, StudioObserver observer) {
    if (settings.routing() != TwilioSettings.Routing.STUDIO) {
      return inner;
    }
    StudioAgent agent = new StudioAgent(settings, inner, clock, observer);
    studio = Optional.of(agent);
    return agent;
  }

  /** Ends what works for the Studio flow, after the engine's last questions. */
  void close() {
    studio.ifPresent(StudioAgent::close);
  }

  /** How the Studio flow is, where one routes. */
  Optional<Health> studioHealth() {
    return studio.map(StudioAgent::health);
  }

  /** Where Twilio's webhooks are received. */
  List<WebhookRoute.Mounted> webhooks(WebhookObserver observer) {
    TwilioWebhooks door = new TwilioWebhooks(settings, desk, channels, studio, observer);
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
