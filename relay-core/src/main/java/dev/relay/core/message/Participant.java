package dev.relay.core.message;

import dev.relay.core.text.Cut;

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

  /**
   * The display name of a live agent who has none of their own. Customers read a word of their language in its place ({@code
   * NoticeTexts.named}), colleagues the id.
   */
  public static final String UNNAMED_AGENT = "Support";

  /** Makes the id and the name well-formed texts. */
  public Participant {
    id = Cut.wellFormed(id);
    displayName = Cut.wellFormed(displayName);
  }

  /**
   * Returns the live agent with that id.
   *
   * @param displayName the name that customers see; if it is blank or the id, which may be a log-in name, {@link #UNNAMED_AGENT}
   */
  public static Participant agent(String id, String displayName) {
    boolean isUnnamed = displayName.isBlank() || displayName.equals(id);
    return new Participant(Role.AGENT, id, isUnnamed ? UNNAMED_AGENT : displayName);
  }

  /** Checks whether this is a live agent without a name of their own. */
  public boolean isUnnamedAgent() {
    return role == Role.AGENT && displayName.equals(UNNAMED_AGENT);
  }

  /** Returns the name that live agents see: the id of an unnamed agent, as several agents can be unnamed, else the display name. */
  public String nameForColleagues() {
    return isUnnamedAgent() ? id : displayName;
  }

  /** Returns whether both are the same participant, even if the display name has changed. */
  public boolean isSameAs(Participant other) {
    return role == other.role && id.equals(other.id);
  }
}
