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
import dev.relay.twilio.rest.AccountIds;
import dev.relay.twilio.rest.AccountSenders;
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
  /** A week: an answer within it still finds the customer's conversation. */
  private static final String TIMER = "P7D";

  private final TwilioRestClient client;
  private final TwilioSettings settings;
  private final AccountIds ids;

  SenderSetup(TwilioRestClient client, TwilioSettings settings, AccountIds ids) {
    this.client = client;
    this.settings = settings;
    this.ids = ids;
  }

  /** Returns one finding per sender, the senders that the account has beside them, and one for the account's timers if there are senders. */
  List<SetupFinding> look(Change change) {
    List<SetupFinding> findings = new ArrayList<>();
    TwilioSettings.Senders wanted = settings.senders();
    List<TwilioSender> senders = new ArrayList<>(wanted.listed());
    for (TwilioSender.Medium medium :
        List.of(TwilioSender.Medium.SMS, TwilioSender.Medium.WHATSAPP)) {
      senders.addAll(found(medium, findings));
    }
    for (TwilioSender sender : senders.stream().distinct().toList()) {
      String what = "the address " + sender.address();
      try {
        findings.add(look(sender, what, change));
      } catch (TwilioException e) {
        findings.add(SetupFinding.wrong(what, AccountChecks.advice(e)));
      }
    }
    if (!wanted.media().isEmpty()) {
      findings.addAll(account(change));
    }
    return findings;
  }

  /** Returns the account's senders of a medium if all are wanted; else names those that are not used. One call. */
  private List<TwilioSender> found(TwilioSender.Medium medium, List<SetupFinding> findings) {
    TwilioSettings.Senders wanted = settings.senders();
    String what = "the account's senders for " + medium.id();
    List<String> addresses;
    try {
      addresses = new AccountSenders(client).addresses(medium);
    } catch (TwilioException e) {
      if (wanted.isAuto()) {
        findings.add(SetupFinding.wrong(what, AccountChecks.advice(e)));
      }
      return List.of();
    }
    if (wanted.isAuto()) {
      if (addresses.isEmpty()) {
        findings.add(new SetupFinding(SetupFinding.State.FINE, what, "there is none"));
      }
      return addresses.stream().map(it -> new TwilioSender(medium, it)).toList();
    }
    for (TwilioSender sender : wanted.listed(medium)) {
      // Short codes are not in Twilio's list of numbers.
      boolean isListable = sender.address().contains("+");
      if (isListable && !addresses.isEmpty() && !addresses.contains(sender.address())) {
        findings.add(SetupFinding.wrong(
            what,
            sender.address() + " is none of them: the account has "
                + String.join(", ", addresses)));
      }
    }
    List<String> unused =
        addresses.stream().filter(it -> !wanted.includes(medium, it)).toList();
    if (!unused.isEmpty()) {
      findings.add(new SetupFinding(
          SetupFinding.State.FINE,
          what,
          "not used by Relay: " + String.join(", ", unused)
              + "; name those that customers write to in RELAY_TWILIO_SENDERS, or set it to auto"));
    }
    return List.of();
  }

  private SetupFinding look(TwilioSender sender, String what, Change change) {
    String url = sender.medium().webhookUrl(settings.publicUrl());
    Optional<AddressConfiguration> found = find(sender);
    JsonNode now =
        found.map(it -> Marks.valueOf(it.getAutoCreation())).orElseGet(() -> Marks.valueOf(null));
    boolean taken = now.path("enabled").asBoolean(false)
        && !(now.path("type").asText("").equals("webhook")
            && now.path("webhook_url").asText("").equals(url));
    boolean isRelays = now.path("type").asText("").equals("webhook")
        && now.path("webhook_url").asText("").endsWith(sender.medium().webhookPath());
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
        && now.path("conversation_service_sid").asText("").equals(ids.chatService())
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
        .setAutoCreationConversationServiceSid(ids.chatService())
        .setAutoCreationWebhookUrl(url)
        .setAutoCreationWebhookMethod(AddressConfiguration.Method.POST)
        .setAutoCreationWebhookFilters(SenderCalls.EVENTS)
        .create(client);
  }

  private void update(String sid, String url) {
    var unused = AddressConfiguration.updater(sid)
        .setAutoCreationEnabled(true)
        .setAutoCreationType(AddressConfiguration.AutoCreationType.WEBHOOK)
        .setAutoCreationConversationServiceSid(ids.chatService())
        .setAutoCreationWebhookUrl(url)
        .setAutoCreationWebhookMethod(AddressConfiguration.Method.POST)
        .setAutoCreationWebhookFilters(SenderCalls.EVENTS)
        .update(client);
  }

  /** Checks the account's defaults for conversations that Twilio makes itself, and sets a timer if there is none. */
  private List<SetupFinding> account(Change change) {
    String what = "the account's timer for conversations that nobody closes";
    List<SetupFinding> findings = new ArrayList<>();
    try {
      Configuration defaults = Configuration.fetcher().fetch(client);
      String service = Objects.requireNonNullElse(defaults.getDefaultChatServiceSid(), "");
      if (!service.equals(ids.chatService())) {
        findings.add(SetupFinding.wrong(
            "the account's default Conversations service",
            "it is " + (service.isEmpty() ? "none" : service) + ", and Flex uses "
                + ids.chatService() + ": make that the default in Twilio's console, under"
                + " Conversations, Defaults"));
      }
      findings.add(timer(defaults, what, change));
    } catch (TwilioException e) {
      findings.add(SetupFinding.wrong(what, AccountChecks.advice(e)));
    }
    return findings;
  }

  private SetupFinding timer(Configuration defaults, String what, Change change) {
    if (!Objects.requireNonNullElse(defaults.getDefaultClosedTimer(), "").isEmpty()) {
      return SetupFinding.fine(what);
    }
    if (change == Change.NOTHING) {
      return new SetupFinding(
          SetupFinding.State.TO_CHANGE,
          what,
          "there is none, so customers' conversations stay open for ever: setup sets " + TIMER);
    }
    var unused = Configuration.updater().setDefaultClosedTimer(TIMER).update(client);
    return new SetupFinding(SetupFinding.State.CHANGED, what, "it is " + TIMER + " now");
  }
}
