package dev.relay.core.access;

import dev.relay.core.message.Participant;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who may use Relay's own desk.
 *
 * @param username for logging in, lower case, 1 to 50 characters of {@code a-z 0-9 . _ -}; the account's id
 * @param displayName what customers see, 1 to 100 characters
 * @param passwordHash the hash with its parameters; empty where no password was set yet
 * @param createdAt since when
 * @param disabled whether logging in is refused
 */
public record AgentAccount(
    String username,
    String displayName,
    Optional<String> passwordHash,
    Instant createdAt,
    boolean disabled) {

  /** The agent as somebody who acts. */
  public Participant asParticipant() {
    return Participant.agent(username, displayName);
  }

  /** The same account with another password. */
  public AgentAccount withPasswordHash(String hash) {
    return new AgentAccount(username, displayName, Optional.of(hash), createdAt, disabled);
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "AgentAccount[" + username + "]";
  }
}
