package dev.relay.app.config;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Twilio; off without an account.
 *
 * @param accountSid the account
 * @param authToken its token, which also proves webhooks
 * @param secondAuthToken accepted for webhooks as well, while the token is changed
 * @param apiKeySid an API key
 * @param apiKeySecret its secret
 * @param chatServiceSid the Conversations service
 * @param workspaceSid the TaskRouter workspace
 * @param workflowSid the TaskRouter workflow
 * @param instanceSid the Flex instance
 * @param studioFlowSid the Studio flow
 * @param routing who routes handoffs
 * @param smsSender the number to which customers send text messages
 * @param whatsappSender the number to which customers write in WhatsApp
 * @param messengerSender the page to which customers write in Facebook Messenger
 * @param senderLanguage the language of those who write to them
 * @param apiUrl another address for all of Twilio's interfaces
 * @param requestTimeout how long one call may take
 * @param watchEvery how often silent conversations with agents are read
 */
public record TwilioSettings(
    Optional<String> accountSid,
    Optional<Secret> authToken,
    Optional<Secret> secondAuthToken,
    Optional<String> apiKeySid,
    Optional<Secret> apiKeySecret,
    Optional<String> chatServiceSid,
    Optional<String> workspaceSid,
    Optional<String> workflowSid,
    Optional<String> instanceSid,
    Optional<String> studioFlowSid,
    Routing routing,
    Optional<String> smsSender,
    Optional<String> whatsappSender,
    Optional<String> messengerSender,
    Locale senderLanguage,
    Optional<URI> apiUrl,
    Duration requestTimeout,
    Duration watchEvery) {

  /** Whether it is on. */
  public boolean isOn() {
    return accountSid.isPresent();
  }

  /** Who routes handoffs. */
  public enum Routing {
    /** Relay's own rules. */
    RELAY,
    /** A Studio flow. */
    STUDIO
  }
}
