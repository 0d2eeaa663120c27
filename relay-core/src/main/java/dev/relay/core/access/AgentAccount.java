package dev.relay.core.access;

import dev.relay.core.message.Participant;
import java.time.Instant;
import java.util.Optional;

/**
 * The account of a live agent at Relay's own desk. Immutable.
 *
 * @param username the name for logging in, lower case, 1 to 50 characters of {@code a-z 0-9 . _ -}; the account's id
 * @param displayName the name that customers see, 1 to 100 characters; if it is the user name, customers see {@link
 *     Participant#UNNAMED_AGENT} instead
 * @param passwordHash the hash with its parameters; empty if no password has been set yet
 * @param createdAt the time of its creation
 * @param disabled whether logging in is refused
 * @param role what the agent may do
 * @param capacity the most live conversations that Relay assigns to the agent, 1 to {@value #MAX_CAPACITY}
 */
public record AgentAccount(
    String username,
    String displayName,
    Optional<String> passwordHash,
    Instant createdAt,
    boolean disabled,
    Role role,
    int capacity) {
  /** The capacity of an account for which none was chosen. */
  public static final int DEFAULT_CAPACITY = 5;
  /** The largest capacity; far more than anybody can follow. */
  public static final int MAX_CAPACITY = 100;

  /**
   * Checks the capacity.
   *
   * @throws IllegalArgumentException if the capacity is out of bounds
   */
  public AgentAccount {
    if (capacity < 1 || capacity > MAX_CAPACITY) {
      throw new IllegalArgumentException(
          "the capacity of an agent is " + capacity + "; expected 1 to " + MAX_CAPACITY);
    }
  }

  /** Creates the account of an agent with role {@link Role#AGENT} and the default capacity. */
  public AgentAccount(
      String username,
      String displayName,
      Optional<String> passwordHash,
      Instant createdAt,
      boolean disabled) {
    this(username, displayName, passwordHash, createdAt, disabled, Role.AGENT, DEFAULT_CAPACITY);
  }

  /** What an agent may do. Each role may do everything that the roles before it may do. */
  public enum Role {
    /** Reads the conversations and cases of the agent's queues. */
    VIEWER,
    /** Works in the agent's queues. */
    AGENT,
    /** Sees and works in all queues, takes conversations over, publishes announcements, retries deliveries. */
    SUPERVISOR,
    /** Manages accounts and queues. */
    ADMIN;

    /** Checks whether this role may do what that one may do. */
    public boolean includes(Role other) {
      return compareTo(other) >= 0;
    }
  }

  /** Returns the live agent as a participant of conversations. */
  public Participant asParticipant() {
    return Participant.agent(username, displayName);
  }

  /** Checks whether the agent takes part in conversations: is enabled, and not only a viewer. */
  public boolean takesPart() {
    return !disabled && role != Role.VIEWER;
  }

  /** Checks whether this is an admin who can log in: at least one account must stay one. */
  public boolean isActiveAdmin() {
    return role == Role.ADMIN && !disabled && passwordHash.isPresent();
  }

  /** Returns this account with another password. */
  public AgentAccount withPasswordHash(String hash) {
    return new AgentAccount(
        username, displayName, Optional.of(hash), createdAt, disabled, role, capacity);
  }

  /** Returns this account with another display name. */
  public AgentAccount withDisplayName(String name) {
    return new AgentAccount(username, name, passwordHash, createdAt, disabled, role, capacity);
  }

  /** Returns this account enabled or disabled. */
  public AgentAccount withDisabled(boolean isDisabled) {
    return new AgentAccount(
        username, displayName, passwordHash, createdAt, isDisabled, role, capacity);
  }

  /** Returns this account with another role. */
  public AgentAccount withRole(Role newRole) {
    return new AgentAccount(
        username, displayName, passwordHash, createdAt, disabled, newRole, capacity);
  }

  /** Returns this account with another capacity. */
  public AgentAccount withCapacity(int newCapacity) {
    return new AgentAccount(
        username, displayName, passwordHash, createdAt, disabled, role, newCapacity);
  }

  /** Returns the user name alone: the hash must not reach a log. */
  @Override
  public String toString() {
    return "AgentAccount[" + username + "]";
  }
}
