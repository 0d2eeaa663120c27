package dev.relay.twilio.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.base.Page;
import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.conversations.v1.AddressConfiguration;
import com.twilio.rest.conversations.v1.Configuration;
import dev.relay.twilio.account.SetupFinding;
import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.rest.SenderCalls;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.wire.Marks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Checks that customers' messages to the account's senders come to Relay, and directs them here. Thread-safe; blocks. */
final class SenderSetup {
  private static final long PAGE = 50;
  private static final int MAX_PAGES = 40;

  private final TwilioRestClient client;
  private final TwilioSettings settings;

  SenderSetup(TwilioRestClient client, TwilioSettings settings) {
    this.client = client;
    this.settings = settings;
  }

  /** Returns one finding per sender, and one for the account's timers if there are senders. */
  List<SetupFinding> look(Change change) {
    List<SetupFinding> findings = new ArrayList<>();
    for (TwilioSender sender : settings.senders()) {
      String what = "the address " + sender.address();
      try {
        findings.add(look(sender, what, change));
      } catch (TwilioException e) {
        findings.add(SetupFinding.wrong(what, AccountChecks.advice(e)));
      }
    }
    if (!settings.senders().isEmpty()) {
      findings.add(timer());
    }
    return findings;
  }

  private SetupFinding look(TwilioSender sender, String what, Change change) {
    String url = sender.webhookUrl(settings.publicUrl());
    Optional<AddressConfiguration> found = find(sender);
    JsonNode now =
        found.map(it -> Marks.valueOf(it.getAutoCreation())).orElseGet(() -> Marks.valueOf(null));
    boolean taken = now.path("enabled").asBoolean(false)
        && !(now.path("type").asText("").equals("webhook")
            && now.path("webhook_url").asText("").equals(url));
    boolean isRelays = now.path("type").asText("").equals("webhook")
        && now.path("webhook_url").asText("").endsWith(sender.webhookPath());
    if (taken && isRelays && change != Change.MOVED) {
      return SetupFinding.wrong(
          what, AccountChecks.atAnotherAddress(now.path("webhook_url").asText("")));
    }
    if (taken && !isRelays) {
      return SetupFinding.wrong(
          what,
          "its messages go elsewhere (" + now.path("type").asText("") + " "
              + now.path("webhook_url").asText(now.path("studio_flow_sid").asText(""))
              + "): remove that in Twilio's console, under Conversations, Addresses, and run setup again");
    }
    if (!taken && isComplete(now)) {
      return SetupFinding.fine(what);
    }
    if (change == Change.NOTHING) {
      return new SetupFinding(
          SetupFinding.State.TO_CHANGE, what, "setup sends its messages to " + url);
    }
    if (found.isPresent()) {
      update(TwilioCalls.known(found.get().getSid()), url);
    } else {
      create(sender, url);
    }
    return new SetupFinding(
        SetupFinding.State.CHANGED, what, "its messages come to " + url + " now");
  }

  private boolean isComplete(JsonNode now) {
    Set<String> filters = new HashSet<>();
    now.path("webhook_filters").forEach(it -> filters.add(it.asText("")));
    return now.path("enabled").asBoolean(false)
        && now.path("conversation_service_sid").asText("").equals(settings.chatServiceSid())
        && now.path("webhook_method").asText("").equalsIgnoreCase("post")
        && filters.containsAll(SenderCalls.EVENTS);
  }

  private Optional<AddressConfiguration> find(TwilioSender sender) {
    var reader = AddressConfiguration.reader().setType(sender.medium().id()).setPageSize(PAGE);
    Page<AddressConfiguration> page = reader.firstPage(client);
    for (int read = 1; ; read++) {
      Optional<AddressConfiguration> found = page.getRecords().stream()
          .filter(it -> sender.address().equals(it.getAddress()))
          .findFirst();
      if (found.isPresent() || read >= MAX_PAGES || !page.hasNextPage()) {
        return found;
      }
      page = reader.nextPage(page, client);
    }
  }

  private void create(TwilioSender sender, String url) {
    var unused = AddressConfiguration.creator(
            AddressConfiguration.Type.forValue(sender.medium().id()), sender.address())
        .setFriendlyName("Relay, " + sender.medium().id())
        .setAutoCreationEnabled(true)
        .setAutoCreationType(AddressConfiguration.AutoCreationType.WEBHOOK)
        .setAutoCreationConversationServiceSid(settings.chatServiceSid())
        .setAutoCreationWebhookUrl(url)
        .setAutoCreationWebhookMethod(AddressConfiguration.Method.POST)
        .setAutoCreationWebhookFilters(SenderCalls.EVENTS)
        .create(client);
  }

  private void update(String sid, String url) {
    var unused = AddressConfiguration.updater(sid)
        .setAutoCreationEnabled(true)
        .setAutoCreationType(AddressConfiguration.AutoCreationType.WEBHOOK)
        .setAutoCreationConversationServiceSid(settings.chatServiceSid())
        .setAutoCreationWebhookUrl(url)
        .setAutoCreationWebhookMethod(AddressConfiguration.Method.POST)
        .setAutoCreationWebhookFilters(SenderCalls.EVENTS)
        .update(client);
  }

  /** Checks the timers for conversations that Twilio makes. They belong to the whole account, so Relay does not change them. */
  private SetupFinding timer() {
    String what = "the account's timer for conversations that nobody closes";
    try {
      String timer = Objects.requireNonNullElse(
          Configuration.fetcher().fetch(client).getDefaultClosedTimer(), "");
      return timer.isEmpty()
          ? SetupFinding.wrong(
              what,
              "there is none, so customers' conversations stay open for ever: set one of a day or more"
                  + " in Twilio's console, under Conversations, Defaults")
          : SetupFinding.fine(what);
    } catch (TwilioException e) {
      return SetupFinding.wrong(what, AccountChecks.advice(e));
    }
  }
}
