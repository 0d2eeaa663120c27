package dev.relay.core.access;

import dev.relay.core.message.Participant;
import java.time.Instant;
import java.util.Optional;

/**
 * The account of a live agent at Relay's own desk. Immutable.
 *
 * @param username the name for logging in, lower case, 1 to 50 characters of {@code a-z 0-9 . _ -}; the account's id
 * @param displayName the name that customers see, 1 to 100 characters
 * @param passwordHash the hash with its parameters; empty if no password has been set yet
 * @param createdAt the time of its creation
 * @param disabled whether logging in is refused
 */
public record AgentAccount(
    String username,
    String displayName,
    Optional<String> passwordHash,
    Instant createdAt,
    boolean disabled) {

  /** Returns the live agent as a participant of conversations. */
  public Participant asParticipant() {
    return Participant.agent(username, displayName);
  }

  /** Returns this account with another password. */
  public AgentAccount withPasswordHash(String hash) {
    return new AgentAccount(username, displayName, Optional.of(hash), createdAt, disabled);
  }

  /** Returns the user name alone: the hash must not reach a log. */
  @Override
  public String toString() {
    return "AgentAccount[" + username + "]";
  }
}
