package dev.relay.core.message;

import dev.relay.core.id.Destination;

/**
 * The side of a conversation that an entry came from. Each side has its own namespace of message ids: the same id may occur on
 * both.
 */
public enum Side {
  /** The customer and their channel. */
  CUSTOMER,
  /** The live agents and their desk. */
  AGENTS;

  /**
   * Returns the side that an entry for that destination came from: entries for the customer come from the agents, all others
   * from the customer.
   */
  public static Side ofEntryFor(Destination destination) {
    return destination == Destination.CUSTOMER ? AGENTS : CUSTOMER;
  }

  /** Returns the side of a participant. */
  public static Side of(Participant participant) {
    return participant.role() == Participant.Role.CUSTOMER ? CUSTOMER : AGENTS;
  }
}
