package dev.relay.app.serve;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.DeskSettings;
import dev.relay.app.config.DeskSettings.Desk;
import dev.relay.app.config.TwilioSettings.Routing;
import dev.relay.core.id.QueueName;
import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.account.TwilioSettings.Senders;
import dev.relay.twilio.account.WebhookRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The lines about Twilio that an operator reads when Relay has started. */
final class TwilioSummary {
  private final Configuration configuration;
  private final String publicUrl;

  TwilioSummary(Configuration configuration, String publicUrl) {
    this.configuration = configuration;
    this.publicUrl = publicUrl;
  }

  /** Checks whether a Twilio account is configured. */
  boolean isOn() {
    return configuration.twilio().isOn();
  }

  /** Returns what to do to turn Twilio on. */
  String off() {
    return "set twilio.accountSid, see docs/twilio.md";
  }

  /** Describes what routes, which queues Flex serves, and the fallback. */
  String on() {
    String routing = isStudio() ? "a Studio flow routes" : "Relay routes";
    DeskSettings desks = configuration.desks();
    String fallback = desks.fallback().map(desk -> "fallback: " + desk).orElse("no fallback");
    return routing + "; " + queues(desks.standard()) + "; " + fallback;
  }

  private String queues(Desk standard) {
    boolean exceptions = standard.equals(Desk.FLEX);
    String named = configuration.engine().desks().entrySet().stream()
        .filter(it -> it.getValue().equals(Desk.FLEX.id()) != exceptions)
        .map(it -> it.getKey())
        .map(QueueName::value)
        .sorted()
        .collect(Collectors.joining(", "));
    if (exceptions) {
      return named.isEmpty() ? "serves all queues" : "serves all queues but " + named;
    }
    return named.isEmpty() ? "serves no queue" : "serves the queues " + named;
  }

  /** Returns the addresses that Twilio calls. */
  List<String> webhooks() {
    if (!isOn()) {
      return List.of();
    }
    String conversations = publicUrl + WebhookRequest.CONVERSATIONS;
    List<String> lines = new ArrayList<>();
    lines.add("TaskRouter's event callback: " + publicUrl + WebhookRequest.FLEX);
    lines.add("webhooks of conversations, which Relay sets automatically: " + conversations);
    if (isStudio()) {
      lines.add("the Studio flow's requests, whose address setup writes into it: " + publicUrl
          + WebhookRequest.STUDIO);
    }
    for (TwilioSender.Medium medium : senders().media()) {
      lines.add("messages to " + named(medium) + ": " + medium.webhookUrl(URI.create(publicUrl)));
    }
    return lines;
  }

  private boolean isStudio() {
    return configuration.twilio().routing() == Routing.STUDIO;
  }

  private Senders senders() {
    return TwilioAccess.senders(configuration.twilio());
  }

  private String named(TwilioSender.Medium medium) {
    List<String> named =
        senders().listed(medium).stream().map(TwilioSender::address).toList();
    return senders().isAuto() && medium != TwilioSender.Medium.MESSENGER
        ? "all of the account's senders for " + medium.id()
        : String.join(", ", named);
  }

  /** Names the commands for the account; the line is the same at every start. */
  Optional<String> commands() {
    if (!isOn()) {
      return Optional.empty();
    }
    String flow = isStudio() ? ", the Studio flow" : "";
    String senders = senders().media().isEmpty() ? "" : ", the senders' addresses";
    return Optional.of("Twilio: relay twilio doctor checks the account's set-up (the event"
        + " callback" + flow + senders + "); relay twilio setup sets what is missing.");
  }

  /** Returns a warning if Twilio cannot safely reach the public address. */
  Optional<String> unreachable() {
    boolean reachable =
        configuration.http().publicUrl().map(TwilioSummary::isSafe).orElse(true);
    return isOn() && !reachable
        ? Optional.of(
            "publicUrl is not https: customers' and agents' messages would cross the internet"
                + " unencrypted on their way from Twilio.")
        : Optional.empty();
  }

  private static boolean isSafe(URI url) {
    return url.getScheme().equals("https")
        || StartUpSummary.isLoopback(String.valueOf(url.getHost()));
  }
}
