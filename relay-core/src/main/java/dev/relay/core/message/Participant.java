package dev.relay.core.message;

/**
 * Somebody (or something) that says and does things: the author of a message, the actor of a change.
 *
 * @param role what they are to the conversation
 * @param id stable within the role: a customer's id, an agent's id; never shown to the other side
 * @param displayName what people see, untrusted text
 */
public record Participant(Role role, String id, String displayName) {
  /** Relay itself. */
  public static final Participant RELAY = new Participant(Role.SYSTEM, "relay", "Relay");

  /** What a participant is to the conversation. */
  public enum Role {
    /** The person who asks. */
    CUSTOMER,
    /** The program that answers. */
    VIRTUAL_AGENT,
    /** The person who answers. */
    AGENT,
    /** Relay itself. */
    SYSTEM
  }

  /** An agent of that id. */
  public static Participant agent(String id, String displayName) {
    return new Participant(Role.AGENT, id, displayName);
  }

  /** Whether both are the same participant, whatever they are called today. */
  public boolean isSameAs(Participant other) {
    return role == other.role && id.equals(other.id);
  }
}
