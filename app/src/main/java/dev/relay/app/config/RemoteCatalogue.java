package dev.relay.app.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The settings of other companies' systems; part of the {@link Catalogue}. */
final class RemoteCatalogue {
  private static final String LATER = "Read and checked, not used in this version.";

  // Discord: read and checked, not used in this version.
  static final Setting<Optional<Secret>> DISCORD_TOKEN =
      Setting.secret("discord.token", "The bot's token. " + LATER);
  static final Setting<Optional<URI>> DISCORD_API_URL = Setting.optional(
      "discord.apiUrl",
      Readings.webAddress("https", "http"),
      "Another address for Discord's interface. " + LATER);
  static final Setting<Optional<URI>> DISCORD_GATEWAY_URL = Setting.optional(
      "discord.gatewayUrl",
      Readings.webAddress("wss", "ws"),
      "Another address for Discord's gateway. " + LATER);

  // Twilio Flex: read and checked, not used in this version.
  static final Setting<Optional<String>> TWILIO_ACCOUNT_SID =
      sid("accountSid", "AC", "The account.");
  static final Setting<Optional<Secret>> TWILIO_AUTH_TOKEN =
      Setting.secret("twilio.authToken", "The account's token. " + LATER);
  static final Setting<Optional<String>> TWILIO_API_KEY_SID = sid("apiKeySid", "SK", "An API key.");
  static final Setting<Optional<Secret>> TWILIO_API_KEY_SECRET =
      Setting.secret("twilio.apiKeySecret", "The API key's secret. " + LATER);
  static final Setting<Optional<String>> TWILIO_CHAT_SERVICE_SID =
      sid("chatServiceSid", "IS", "The Conversations service.");
  static final Setting<Optional<String>> TWILIO_WORKSPACE_SID =
      sid("workspaceSid", "WS", "The TaskRouter workspace.");
  static final Setting<Optional<String>> TWILIO_WORKFLOW_SID =
      sid("workflowSid", "WW", "The TaskRouter workflow.");
  static final Setting<Optional<String>> TWILIO_INSTANCE_SID =
      sid("instanceSid", "GO", "The Flex instance.");
  static final Setting<Optional<String>> TWILIO_STUDIO_FLOW_SID =
      sid("studioFlowSid", "FW", "The Studio flow.");
  static final Setting<TwilioSettings.Routing> TWILIO_ROUTING = Setting.of(
      "twilio.routing",
      Readings.oneOf(TwilioSettings.Routing.class),
      TwilioSettings.Routing.RELAY,
      "relay",
      "Whether Relay or a Studio flow routes handoffs. " + LATER);
  static final Setting<Optional<URI>> TWILIO_API_URL = Setting.optional(
      "twilio.apiUrl",
      Readings.webAddress("https", "http"),
      "Another address for all of Twilio's interfaces. " + LATER);

  static final List<Setting<?>> ALL = List.of(
      DISCORD_TOKEN,
      DISCORD_API_URL,
      DISCORD_GATEWAY_URL,
      TWILIO_ACCOUNT_SID,
      TWILIO_AUTH_TOKEN,
      TWILIO_API_KEY_SID,
      TWILIO_API_KEY_SECRET,
      TWILIO_CHAT_SERVICE_SID,
      TWILIO_WORKSPACE_SID,
      TWILIO_WORKFLOW_SID,
      TWILIO_INSTANCE_SID,
      TWILIO_STUDIO_FLOW_SID,
      TWILIO_ROUTING,
      TWILIO_API_URL);

  private RemoteCatalogue() {}

  private static Setting<Optional<String>> sid(String name, String prefix, String meaning) {
    return Setting.optional(
        "twilio." + name,
        Readings.matching(
            prefix + " and 32 hexadecimal digits", Pattern.compile(prefix + "[0-9a-fA-F]{32}")),
        meaning + " " + LATER);
  }
}
