package dev.relay.app.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The Twilio account; off without its id.
 *
 * @param accountSid the account
 * @param authToken the account's Auth Token, which also validates webhooks
 * @param secondAuthToken a token that also validates webhooks while the first one is being replaced
 * @param webhookSharedKey the shared key of a Webhooks Rule that signs webhooks
 * @param apiKeySid an API key
 * @param apiKeySecret the secret of the API key
 * @param chatServiceSid the Conversations service; empty: Flex's own
 * @param workspaceSid the TaskRouter workspace; empty: Flex's own
 * @param workflowSid the TaskRouter workflow; empty: Flex's own
 * @param instanceSid the Flex instance
 * @param studioFlowSid the Studio flow; empty: the one that Relay made
 * @param routing what routes handoffs
 * @param senders the addresses to which customers write, or {@link #AUTO}
 * @param smsSender the number to which customers send text messages
 * @param whatsappSender the number to which customers write in WhatsApp
 * @param messengerSender the page to which customers write in Facebook Messenger
 * @param senderLanguage the language of customers on SMS, WhatsApp and Messenger
 * @param customerNumbers whether live agents see the customers' numbers
 * @param fileMegabytes the largest file that is accepted from customers and agents
 * @param apiUrl a base address that replaces all hosts of Twilio
 * @param requestTimeout the time-out of one call
 * @param watchEvery how often silent conversations with agents are read
 */
public record TwilioSettings(
    Optional<String> accountSid,
    Optional<Secret> authToken,
    Optional<Secret> secondAuthToken,
    Optional<Secret> webhookSharedKey,
    Optional<String> apiKeySid,
    Optional<Secret> apiKeySecret,
    Optional<String> chatServiceSid,
    Optional<String> workspaceSid,
    Optional<String> workflowSid,
    Optional<String> instanceSid,
    Optional<String> studioFlowSid,
    Routing routing,
    List<String> senders,
    Optional<String> smsSender,
    Optional<String> whatsappSender,
    Optional<String> messengerSender,
    Locale senderLanguage,
    Numbers customerNumbers,
    int fileMegabytes,
    Optional<URI> apiUrl,
    Duration requestTimeout,
    Duration watchEvery) {

  /** Stands for all senders that the account has. */
  public static final String AUTO = "auto";

  /** Checks whether Twilio is on. */
  public boolean isOn() {
    return accountSid.isPresent();
  }

  /** Whether live agents see the customers' numbers. */
  public enum Numbers {
    /** They do. */
    SHOWN,
    /** They see the last four digits. */
    HIDDEN
  }

  /** What routes handoffs. */
  public enum Routing {
    /** Relay's own rules. */
    RELAY,
    /** A Studio flow. */
    STUDIO
  }
}
