package dev.relay.core.conversation;

import dev.relay.core.cases.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.id.Destination;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import java.util.List;
import java.util.Optional;

/** What follows from a decision, to be done in the same transaction. */
public sealed interface Effect {

  /**
   * Adds an entry to the transcript and, unless it is for the record only, to the lane of its destination.
   *
   * @param destination to whom it goes
   * @param port through which implementation; empty for the record only
   * @param content what it says
   * @param sourceId the id that the side it came from gave it
   */
  record Append(
      Destination destination,
      Optional<PortId> port,
      EntryContent content,
      Optional<String> sourceId)
      implements Effect {}

  /** Saves a case, new or changed, and its history. */
  record SaveCase(SupportCase supportCase, List<CaseHistoryEntry> history) implements Effect {
    /** Copies the list, so that the effect cannot change. */
    public SaveCase {
      history = List.copyOf(history);
    }
  }

  /** Leaves out what still waits in the lane of that destination: whoever it was meant for no longer has the conversation. */
  record Drop(Destination destination) implements Effect {}

  /**
   * Tells observers that another desk is asked in place of one that cannot take the conversation or has lost it.
   *
   * @param from which desk
   * @param to which other one
   * @param reason what the other desk is told
   */
  record HandoffMoved(PortId from, PortId to, String reason) implements Effect {}
}
