package dev.relay.core.message;

/**
 * The author of a message or the actor of a change: a person or a program.
 *
 * @param role the part that they play in the conversation
 * @param id stable within the role: a customer's id, a live agent's id; never shown to the other side
 * @param displayName the name that people see, untrusted text
 */
public record Participant(Role role, String id, String displayName) {
  /** Relay itself. */
  public static final Participant RELAY = new Participant(Role.SYSTEM, "relay", "Relay");

  /** The part that a participant plays in a conversation. */
  public enum Role {
    /** The customer. */
    CUSTOMER,
    /** The virtual agent. */
    VIRTUAL_AGENT,
    /** A live agent. */
    AGENT,
    /** Relay itself. */
    SYSTEM
  }

  /** Returns the live agent with that id. */
  public static Participant agent(String id, String displayName) {
    return new Participant(Role.AGENT, id, displayName);
  }

  /** Returns whether both are the same participant, even if the display name has changed. */
  public boolean isSameAs(Participant other) {
    return role == other.role && id.equals(other.id);
  }
}
