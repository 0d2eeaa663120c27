package dev.relay.core.access;

import java.time.Instant;
import java.util.Map;

/**
 * A token by which somebody is known. The token itself is never kept, only its hash.
 *
 * @param hash the SHA-256 of the token, in hexadecimal
 * @param kind what it is for
 * @param subject whose it is: a user name, or a chat session's id
 * @param attributes what belongs to it: a session's CSRF token, a customer's name and language, an API token's label
 * @param createdAt since when
 * @param lastUsedAt when it was last used, to the minute
 * @param expiresAt when it ends, whatever is done
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

  /** What a token is for. */
  public enum Kind {
    /** An agent who has logged in. */
    AGENT_SESSION,
    /** A program that acts for an agent. */
    API_TOKEN,
    /** A customer in the web chat. */
    CHAT_SESSION,
    /** A link by which an agent sets a password, once. */
    PASSWORD_LINK
  }

  /** Without hash and attributes. */
  @Override
  public String toString() {
    return "AccessToken[" + kind + "]";
  }
}
