package dev.relay.core.access;

import java.time.Instant;
import java.util.Map;

/**
 * A token that identifies a live agent, a customer or a program. Only its hash is stored, never the token itself. Immutable.
 *
 * @param hash the SHA-256 of the token, in hexadecimal
 * @param kind the purpose of the token
 * @param subject the owner: a user name, or a chat session's id
 * @param attributes further values: a session's CSRF token, a customer's name and language, an API token's label
 * @param createdAt the time of its creation
 * @param lastUsedAt the time of its last use, to the minute
 * @param expiresAt the time at which it expires, however often it is used
 */
public record AccessToken(
    String hash,
    Kind kind,
    String subject,
    Map<String, String> attributes,
    Instant createdAt,
    Instant lastUsedAt,
    Instant expiresAt) {

  /** Copies the attributes, so that the token cannot change. */
  public AccessToken {
    attributes = Map.copyOf(attributes);
  }

  /** The purpose of a token. */
  public enum Kind {
    /** A live agent who has logged in. */
    AGENT_SESSION,
    /** A program that acts for a live agent. */
    API_TOKEN,
    /** A customer in the web chat. */
    CHAT_SESSION,
    /** A link with which a live agent sets a password, once. */
    PASSWORD_LINK
  }

  /** Returns the kind alone: the hash and the attributes must not reach a log. */
  @Override
  public String toString() {
    return "AccessToken[" + kind + "]";
  }
}
