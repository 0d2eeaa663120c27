package dev.relay.core.message;

import dev.relay.core.id.Destination;

/**
 * The side of a conversation that an entry came from. Each side names its messages by itself, and must neither meet nor hide the
 * other's: the same name may occur on both.
 */
public enum Side {
  /** The customer and their channel. */
  CUSTOMER,
  /** The agents and their desk. */
  AGENTS;

  /** Where an entry for that destination came from: what is for the customer from the agents, all else from the customer. */
  public static Side ofEntryFor(Destination destination) {
    return destination == Destination.CUSTOMER ? AGENTS : CUSTOMER;
  }

  /** On which side somebody is. */
  public static Side of(Participant participant) {
    return participant.role() == Participant.Role.CUSTOMER ? CUSTOMER : AGENTS;
  }
}
