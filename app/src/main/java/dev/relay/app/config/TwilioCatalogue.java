package dev.relay.app.config;

import dev.relay.twilio.account.Sender;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The settings of Twilio; part of the {@link Catalogue}. */
final class TwilioCatalogue {
  /** The least that one call to Twilio may be given. */
  static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(500);

  static final Setting<Optional<String>> ACCOUNT_SID = sid(
      "accountSid",
      "AC",
      "The account. Without it Twilio is off; with it authToken, chatServiceSid, workspaceSid,"
          + " workflowSid and publicUrl are needed.");
  static final Setting<Optional<Secret>> AUTH_TOKEN = Setting.secret(
      "twilio.authToken",
      "The account's Auth Token: webhooks are proved by it, and calls are made with it unless there"
          + " is an API key.");
  static final Setting<Optional<Secret>> SECOND_AUTH_TOKEN = Setting.secret(
      "twilio.secondAuthToken",
      "A second Auth Token that proves webhooks as well, while the first one is being changed.");
  static final Setting<Optional<String>> API_KEY_SID =
      sid("apiKeySid", "SK", "An API key for calls, in place of the Auth Token.");
  static final Setting<Optional<Secret>> API_KEY_SECRET =
      Setting.secret("twilio.apiKeySecret", "The API key's secret.");
  static final Setting<Optional<String>> CHAT_SERVICE_SID =
      sid("chatServiceSid", "IS", "The Conversations service that Flex uses: Flex Chat Service.");
  static final Setting<Optional<String>> WORKSPACE_SID =
      sid("workspaceSid", "WS", "Flex's TaskRouter workspace: Flex Task Assignment.");
  static final Setting<Optional<String>> WORKFLOW_SID =
      sid("workflowSid", "WW", "The TaskRouter workflow that brings chats to agents.");
  static final Setting<Optional<String>> INSTANCE_SID =
      sid("instanceSid", "GO", "The Flex instance, where relay twilio doctor is to check it.");
  static final Setting<Optional<String>> STUDIO_FLOW_SID = sid(
      "studioFlowSid",
      "FW",
      "The Studio flow, where twilio.routing is studio; relay twilio setup makes one and prints its"
          + " id.");
  static final Setting<TwilioSettings.Routing> ROUTING = Setting.of(
      "twilio.routing",
      Readings.oneOf(TwilioSettings.Routing.class),
      TwilioSettings.Routing.RELAY,
      "relay",
      "Who brings customers to agents in Flex: relay, or a Studio flow through which every message"
          + " of theirs goes.");
  static final Setting<Optional<String>> SMS_SENDER =
      sender("smsSender", Sender.Medium.SMS, "The account's number to which customers send SMS.");
  static final Setting<Optional<String>> WHATSAPP_SENDER = sender(
      "whatsappSender",
      Sender.Medium.WHATSAPP,
      "The account's number to which customers write in WhatsApp.");
  static final Setting<Optional<String>> MESSENGER_SENDER = sender(
      "messengerSender",
      Sender.Medium.MESSENGER,
      "The page to which customers write in Facebook Messenger.");
  static final Setting<Locale> SENDER_LANGUAGE = Setting.of(
      "twilio.senderLanguage",
      Readings.language(),
      Locale.ENGLISH,
      "en",
      "The language of those who write by SMS, WhatsApp or Messenger, which does not come along with"
          + " what they write.");
  static final Setting<Optional<URI>> API_URL = Setting.optional(
      "twilio.apiUrl",
      Readings.webAddress("https", "http"),
      "Another address for all of Twilio's interfaces, for proxies and tests: the product"
          + " (conversations, flex-api, taskrouter, studio, mcs) becomes the first part of the path.");
  static final Setting<Duration> REQUEST_TIMEOUT = Setting.of(
      "twilio.requestTimeout",
      Readings.duration(SHORTEST_TIMEOUT, Duration.ofSeconds(30)),
      dev.relay.twilio.account.TwilioSettings.Limits.DEFAULT.requestTimeout(),
      "8s",
      "How long one call to Twilio may take. delivery.lease must be longer than six of them, and with"
          + " twilio.routing studio than six of them and 10s.");
  static final Setting<Duration> WATCH_EVERY = Setting.of(
      "twilio.watchEvery",
      Readings.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
      dev.relay.twilio.account.TwilioSettings.Limits.DEFAULT.watchEvery(),
      "30s",
      "After how long without a word a conversation with an agent is read, in case a webhook was"
          + " lost: two calls each time.");

  static final List<Setting<?>> ALL = List.of(
      ACCOUNT_SID,
      AUTH_TOKEN,
      SECOND_AUTH_TOKEN,
      API_KEY_SID,
      API_KEY_SECRET,
      CHAT_SERVICE_SID,
      WORKSPACE_SID,
      WORKFLOW_SID,
      INSTANCE_SID,
      STUDIO_FLOW_SID,
      ROUTING,
      SMS_SENDER,
      WHATSAPP_SENDER,
      MESSENGER_SENDER,
      SENDER_LANGUAGE,
      API_URL,
      REQUEST_TIMEOUT,
      WATCH_EVERY);

  /** What is of no use without an account: all but the account itself and what has a default. */
  static final List<Setting<?>> OF_ACCOUNT = ALL.stream()
      .filter(
          setting -> !setting.equals(ACCOUNT_SID) && setting.fallback().equals(Optional.empty()))
      .<Setting<?>>map(setting -> setting)
      .toList();

  private TwilioCatalogue() {}

  private static Setting<Optional<String>> sid(String name, String prefix, String meaning) {
    return Setting.optional(
        "twilio." + name,
        Readings.matching(
            prefix + " and 32 hexadecimal digits", Pattern.compile(prefix + "[0-9a-fA-F]{32}")),
        meaning);
  }

  /** An address that a {@link Sender} takes. */
  private static Setting<Optional<String>> sender(
      String name, Sender.Medium medium, String meaning) {
    String allowed = switch (medium) {
      case SMS -> "a number such as +15550100";
      case WHATSAPP -> "whatsapp: and a number, such as whatsapp:+15550100";
      case MESSENGER -> "messenger: and the page's number, such as messenger:123456789";
    };
    return Setting.optional(
        "twilio." + name, Readings.plain(allowed, text -> senderAddress(medium, text)), meaning);
  }

  /** Empty where the {@link Sender} refuses it, so that the fault is told as all others are. */
  private static Optional<String> senderAddress(Sender.Medium medium, String text) {
    try {
      return Optional.of(new Sender(medium, text).address());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
