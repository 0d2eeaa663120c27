package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.duration;
import static dev.relay.app.config.setting.Parsers.integer;
import static dev.relay.app.config.setting.Parsers.language;
import static dev.relay.app.config.setting.Parsers.list;
import static dev.relay.app.config.setting.Parsers.matching;
import static dev.relay.app.config.setting.Parsers.oneOf;
import static dev.relay.app.config.setting.Parsers.plain;
import static dev.relay.app.config.setting.Parsers.webAddress;

import dev.relay.app.config.Secret;
import dev.relay.app.config.TwilioSettings;
import dev.relay.app.config.TwilioSettings.Numbers;
import dev.relay.app.config.TwilioSettings.Routing;
import dev.relay.app.config.setting.Parsers;
import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.account.TwilioSettings.Limits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The Twilio account. */
final class TwilioSection extends Section<TwilioSettings> {
  /** Twilio accepts webhook addresses of 512 characters, of which Relay needs some. */
  private static final int MAX_WEBHOOK_BASE = 400;

  /** The shortest time-out of one call to Twilio. */
  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(500);

  /**
   * How many calls of a handoff are counted with their whole time-out. Without a flow a handoff makes six calls. With one it can make
   * eighteen, yet the first call without an answer in time ends the attempt, so all calls before it were answered sooner. Counting all
   * eighteen in full would refuse the defaults because of a handoff that hardly ever occurs; and a handoff that does outlive its lease is
   * looked up before it is made again.
   */
  private static final int SLOW_CALLS_OF_HANDOFF = 6;

  /** How long a handoff waits for the task of a Studio flow, in addition to its calls. */
  private static final Duration WAIT_FOR_FLOW = Duration.ofSeconds(10);

  private final WebSection web;
  private final DeliverySection delivery;

  final Setting<Optional<String>> accountSid = sid(
      "accountSid",
      "AC",
      "The account; without it Twilio is off. Requires authToken and publicUrl.");
  private final Setting<Optional<Secret>> authToken = secret(
      "twilio.authToken",
      "The account's Auth Token. It validates webhooks and, without an API key, authenticates calls.");
  private final Setting<Optional<Secret>> secondAuthToken = secret(
      "twilio.secondAuthToken",
      "A second Auth Token that also validates webhooks while the first one is being replaced.");
  private final Setting<Optional<Secret>> webhookSharedKey = secret(
      "twilio.webhookSharedKey",
      "Shared key with which a Webhooks Rule of the account signs webhooks instead of the token.");
  private final Setting<Optional<String>> apiKeySid =
      sid("apiKeySid", "SK", "API key that authenticates calls instead of the Auth Token.");
  private final Setting<Optional<Secret>> apiKeySecret =
      secret("twilio.apiKeySecret", "Secret of the API key.");
  private final Setting<Optional<String>> chatServiceSid = sid(
      "chatServiceSid",
      "IS",
      "Conversations service of Flex, if it is not the one that Flex's configuration names.");
  private final Setting<Optional<String>> workspaceSid = sid(
      "workspaceSid",
      "WS",
      "TaskRouter workspace of Flex, if it is not the one that Flex's configuration names.");
  private final Setting<Optional<String>> workflowSid = sid(
      "workflowSid",
      "WW",
      "TaskRouter workflow that assigns chats to agents, if Flex names none and there are several.");
  private final Setting<Optional<String>> instanceSid =
      sid("instanceSid", "GO", "Flex instance, if `relay twilio doctor` should check it.");
  private final Setting<Optional<String>> studioFlowSid = sid(
      "studioFlowSid",
      "FW",
      "Studio flow for twilio.routing studio, if it is not the one that `relay twilio setup` publishes.");
  private final Setting<Routing> routing = setting(
      "twilio.routing",
      oneOf(Routing.class),
      Routing.RELAY,
      "What routes customers to agents: Relay, or a Studio flow that all their messages pass.");
  private final Setting<List<String>> senders = setting(
      "twilio.senders",
      list(
          50,
          plain(
              "auto, a number such as +15550100, a short code, whatsapp:+15550100 or"
                  + " messenger:123456789",
              TwilioSection::anySender)),
      List.of(),
      "Numbers and pages to which customers write; auto: all numbers and WhatsApp senders.");
  private final Setting<Optional<String>> smsSender = sender(
      "smsSender", TwilioSender.Medium.SMS, "Number of the account to which customers send SMS.");
  private final Setting<Optional<String>> whatsappSender = sender(
      "whatsappSender",
      TwilioSender.Medium.WHATSAPP,
      "Number of the account to which customers write in WhatsApp.");
  private final Setting<Optional<String>> messengerSender = sender(
      "messengerSender",
      TwilioSender.Medium.MESSENGER,
      "Page to which customers write in Facebook Messenger.");
  private final Setting<Locale> senderLanguage = setting(
      "twilio.senderLanguage",
      language(),
      Locale.ENGLISH,
      "Language of customers on SMS, WhatsApp and Messenger, which do not transmit one.");
  private final Setting<Numbers> customerNumbers = setting(
      "twilio.customerNumbers",
      oneOf(Numbers.class),
      Numbers.SHOWN,
      "Whether live agents see the numbers of customers on SMS and WhatsApp.");
  private final Setting<Integer> fileMegabytes = setting(
      "twilio.fileMegabytes",
      integer(1, (int) (Limits.MAX_FILE_BYTES / Limits.MEGABYTE)),
      (int) (Limits.DEFAULT.maxAttachmentBytes() / Limits.MEGABYTE),
      "Largest file in megabytes that Relay accepts from customers and agents at Twilio.");
  private final Setting<Optional<URI>> apiUrl = optional(
      "twilio.apiUrl",
      webAddress("https", "http"),
      "Base address that replaces all of Twilio's hosts, for proxies and tests.");
  private final Setting<Duration> requestTimeout = setting(
      "twilio.requestTimeout",
      duration(SHORTEST_TIMEOUT, Duration.ofSeconds(30)),
      Limits.DEFAULT.requestTimeout(),
      "Time-out of one call to Twilio. delivery.lease must exceed six of them.");
  private final Setting<Duration> watchEvery = setting(
      "twilio.watchEvery",
      duration(Duration.ofSeconds(1), Duration.ofHours(1)),
      Limits.DEFAULT.watchEvery(),
      "Silence after which a conversation is checked for lost webhooks, by two calls.");

  TwilioSection(WebSection web, DeliverySection delivery) {
    this.web = web;
    this.delivery = delivery;
  }

  @Override
  public TwilioSettings read(Values values) {
    TwilioSettings twilio = new TwilioSettings(
        values.get(accountSid),
        values.get(authToken),
        values.get(secondAuthToken),
        values.get(webhookSharedKey),
        values.get(apiKeySid),
        values.get(apiKeySecret),
        values.get(chatServiceSid),
        values.get(workspaceSid),
        values.get(workflowSid),
        values.get(instanceSid),
        values.get(studioFlowSid),
        values.get(routing),
        values.get(senders),
        values.get(smsSender),
        values.get(whatsappSender),
        values.get(messengerSender),
        values.get(senderLanguage),
        values.get(customerNumbers),
        values.get(fileMegabytes),
        values.get(apiUrl),
        values.get(requestTimeout),
        values.get(watchEvery));
    checkCompleteness(values, twilio);
    if (twilio.isOn()) {
      checkHandoffFitsLease(values, twilio);
      checkLengthOfPublicUrl(values);
    }
    return twilio;
  }

  private void checkCompleteness(Values values, TwilioSettings twilio) {
    for (Setting<?> required : List.of(authToken, web.publicUrl)) {
      values.require(accountSid, required);
    }
    values.require(apiKeySid, apiKeySecret);
    values.require(apiKeySecret, apiKeySid);
    values.require(secondAuthToken, authToken);
    values.require(webhookSharedKey, authToken);
    if (!twilio.senders().isEmpty()) {
      values.require(senders, accountSid);
    }
    for (Setting<?> setting : settings()) {
      if (!setting.equals(accountSid) && setting.defaultValue().equals(Optional.empty())) {
        values.require(setting, accountSid);
      }
    }
    if (twilio.routing() == Routing.STUDIO) {
      values.require(routing, accountSid);
    }
  }

  /** Checks that a handoff fits into its lease; otherwise it would be started a second time beside the first. */
  private void checkHandoffFitsLease(Values values, TwilioSettings twilio) {
    boolean studio = twilio.routing() == Routing.STUDIO;
    Duration wait = studio ? WAIT_FOR_FLOW : Duration.ZERO;
    Duration timeout = twilio.requestTimeout();
    Duration lease = values.get(delivery.lease);
    if (lease.compareTo(timeout.multipliedBy(SLOW_CALLS_OF_HANDOFF).plus(wait)) > 0) {
      return;
    }
    Duration limit = lease.minus(wait).dividedBy(SLOW_CALLS_OF_HANDOFF);
    String expected = limit.compareTo(SHORTEST_TIMEOUT) > 0
        ? "expected less than " + Parsers.show(limit) + ", or a longer delivery.lease"
        : "expected a longer delivery.lease";
    values.conflict(
        requestTimeout,
        Parsers.show(timeout),
        expected + ": " + SLOW_CALLS_OF_HANDOFF + " time-outs"
            + (studio ? " and " + Parsers.show(WAIT_FOR_FLOW) : "")
            + " must be shorter than delivery.lease, which is " + Parsers.show(lease),
        delivery.lease,
        routing);
  }

  private void checkLengthOfPublicUrl(Values values) {
    int length = values.get(web.publicUrl).map(url -> url.toString().length()).orElse(0);
    if (length > MAX_WEBHOOK_BASE) {
      values.conflict(
          web.publicUrl,
          "",
          "expected at most " + MAX_WEBHOOK_BASE + " characters with Twilio, found " + length);
    }
  }

  private Setting<Optional<String>> sid(String name, String prefix, String meaning) {
    return optional(
        "twilio." + name,
        matching(
            prefix + " and 32 hexadecimal digits", Pattern.compile(prefix + "[0-9a-fA-F]{32}")),
        meaning);
  }

  private Setting<Optional<String>> sender(
      String name, TwilioSender.Medium medium, String meaning) {
    String allowed = switch (medium) {
      case SMS -> "a number such as +15550100";
      case WHATSAPP -> "whatsapp: and a number, such as whatsapp:+15550100";
      case MESSENGER -> "messenger: and the page's number, such as messenger:123456789";
    };
    return optional("twilio." + name, plain(allowed, text -> senderAddress(medium, text)), meaning);
  }

  /** Returns empty for what is neither {@code auto} nor an address of any medium. */
  private static Optional<String> anySender(String text) {
    return text.equals(TwilioSettings.AUTO)
        ? Optional.of(text)
        : TwilioSender.parse(text).map(TwilioSender::address);
  }

  /** Returns empty for an address that {@link TwilioSender} refuses, so that the error names what is allowed. */
  private static Optional<String> senderAddress(TwilioSender.Medium medium, String text) {
    try {
      return Optional.of(new TwilioSender(medium, text).address());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
