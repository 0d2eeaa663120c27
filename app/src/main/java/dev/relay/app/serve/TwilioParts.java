package dev.relay.app.serve;

import dev.relay.app.config.Configuration;
import dev.relay.core.channel.Channel;
import dev.relay.core.delivery.Health;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.http.WebhookRoute;
import dev.relay.twilio.TwilioAccount;
import dev.relay.twilio.TwilioWebhooks;
import dev.relay.twilio.account.StudioObserver;
import dev.relay.twilio.account.WebhookAnswer;
import dev.relay.twilio.account.WebhookObserver;
import dev.relay.twilio.account.WebhookRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** adapter-twilio: joins a Twilio account with the web server, which receives its webhooks. */
final class TwilioParts {
  private final TwilioAccount account;

  private TwilioParts(TwilioAccount account) {
    this.account = account;
  }

  /** Returns the parts; empty if no account is configured. */
  static Optional<TwilioParts> of(Configuration configuration, InstantSource clock) {
    return configuration
        .twilio()
        .accountSid()
        .map(sid -> new TwilioParts(new TwilioAccount(TwilioAccess.of(configuration, sid), clock)));
  }

  AgentDesk desk() {
    return account.desk();
  }

  /** Returns the channels of the account's senders. */
  List<Channel> channels() {
    return account.channels();
  }

  /** Returns the ids of those channels. */
  Set<String> channelIds() {
    return channels().stream().map(channel -> channel.id().value()).collect(Collectors.toSet());
  }

  /** Puts the Studio flow in front of the virtual agent if a flow routes. */
  VirtualAgent routed(VirtualAgent inner, StudioObserver observer) {
    return account.behindStudio(inner, observer);
  }

  /** Ends the account's background work, after the engine's last deliveries. */
  void close() {
    account.close();
  }

  /** Reports the health of the Studio flow, if one routes. */
  Optional<Health> studioHealth() {
    return account.studioHealth();
  }

  /** Returns the account, for its metrics. */
  TwilioAccount account() {
    return account;
  }

  /** Returns the routes that receive Twilio's webhooks. */
  List<WebhookRoute.Mounted> webhooks(WebhookObserver observer) {
    TwilioWebhooks webhooks = account.webhooks(observer);
    WebhookRoute route = request -> webhooks
        .receive(new WebhookRequest(request.pathAndQuery(), request.headers(), request.body()))
        .thenApply(TwilioParts::answer);
    return Stream.of(WebhookRequest.CONVERSATIONS, WebhookRequest.FLEX, WebhookRequest.STUDIO)
        .map(path -> new WebhookRoute.Mounted(path, route))
        .toList();
  }

  private static WebhookRoute.Answer answer(WebhookAnswer answer) {
    return new WebhookRoute.Answer(
        answer.status(), answer.contentType(), answer.json(), answer.headers());
  }
}
