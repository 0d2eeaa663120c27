package dev.relay.core.conversation;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.Destination;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.team.Team;
import java.util.List;
import java.util.Optional;

/** The decision of a conversation about an event. */
public sealed interface Decision {

  /**
   * The event was applied, perhaps without any effect.
   *
   * @param next the conversation afterwards
   * @param effects the effects, in order
   */
  record Applied(Conversation next, List<Effect> effects) implements Decision {
    /** Copies the list, so that the decision cannot change. */
    public Applied {
      effects = List.copyOf(effects);
    }
  }

  /** The event was refused, and nothing happened. */
  record Refused(Refusal refusal) implements Decision {}

  /** One consequence of a decision, carried out in the transaction in which the decision is made. */
  sealed interface Effect {

    /**
     * Adds an entry to the transcript and, unless the entry is for the record only, to the lane of its destination.
     *
     * @param destination the receiver
     * @param port the channel, desk or virtual agent that delivers it; empty for the record only
     * @param content the entry's content
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

    /** Adds an internal note to a case, and records it in the case's history. */
    record AddNote(CaseNumber number, Participant author, String text) implements Effect {}

    /** Saves a message that is to be written later, new or changed. */
    record SaveScheduled(Scheduled scheduled) implements Effect {}

    /** Saves the presence of a live agent. */
    record SavePresence(Team.Presence presence) implements Effect {}

    /** Removes the backlog of that destination's lane, because its receiver no longer has the conversation. */
    record Drop(Destination destination) implements Effect {}

    /**
     * Publishes an announcement through the lane of announcements.
     *
     * @param announcer the announcer that publishes it
     * @param content the announcement
     * @param supportCase the case that it shows, whose later changes it follows; empty if it shows none
     */
    record Announce(
        PortId announcer, EntryContent.Announced content, Optional<CaseNumber> supportCase)
        implements Effect {}

    /**
     * Notifies observers that another desk is asked in place of one that cannot accept the conversation or has lost it.
     *
     * @param from the first desk
     * @param to the other desk
     * @param reason the reason that the other desk receives
     */
    record HandoffMoved(PortId from, PortId to, String reason) implements Effect {}
  }
}
