package dev.relay.app.config;

import java.net.URI;
import java.util.Optional;

/**
 * Twilio Flex; off without an account.
 *
 * @param accountSid the account
 * @param authToken its token, which also proves webhooks
 * @param apiKeySid an API key
 * @param apiKeySecret its secret
 * @param chatServiceSid the Conversations service
 * @param workspaceSid the TaskRouter workspace
 * @param workflowSid the TaskRouter workflow
 * @param instanceSid the Flex instance
 * @param studioFlowSid the Studio flow
 * @param routing who routes handoffs
 * @param apiUrl another address for all of Twilio's interfaces
 */
public record TwilioSettings(
    Optional<String> accountSid,
    Optional<Secret> authToken,
    Optional<String> apiKeySid,
    Optional<Secret> apiKeySecret,
    Optional<String> chatServiceSid,
    Optional<String> workspaceSid,
    Optional<String> workflowSid,
    Optional<String> instanceSid,
    Optional<String> studioFlowSid,
    Routing routing,
    Optional<URI> apiUrl) {

  /** Who routes handoffs. */
  public enum Routing {
    /** Relay's own rules. */
    RELAY,
    /** A Studio flow. */
    STUDIO
  }
}
