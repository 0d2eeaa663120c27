package dev.relay.core.intake;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Event;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.PortId;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.Participant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The intake, to which adapters submit events. Thread-safe. */
public interface Intake {

  /**
   * Submits an event. Returns at once; the future completes when the event is stored, deduplicated and decided. Events of one
   * conversation are applied in the order in which they were submitted. The future never completes exceptionally. It is completed on
   * Relay's own thread, so its dependents must not block.
   */
  CompletableFuture<IntakeResult> submit(Event event);

  /**
   * Returns the positions up to which a channel had read, for gap recovery: first those at the addresses of conversations that are not
   * closed, then those at the 1,000 other addresses that were read last, because customers may have come back there. May block.
   */
  List<ChannelPosition> positions(PortId channel);

  /** Returns the position up to which a channel had read at one address; empty if it never stored one there. May block. */
  default Optional<String> position(CustomerAddress address) {
    return positions(address.channel()).stream()
        .filter(it -> it.address().equals(address))
        .map(ChannelPosition::position)
        .findFirst();
  }

  /**
   * Stores the position of a channel at an address without an event. A position may also hold the place at which the customer is handled
   * now. Completes with false if the position was not stored.
   *
   * @param address the address
   * @param position the position, opaque to Relay, at most 200 characters
   */
  CompletableFuture<Boolean> keepPosition(CustomerAddress address, String position);

  /**
   * Checks whether a desk has a conversation at the moment: a live agent handles it there, or it waits there. Returns false for an
   * unknown conversation. A desk uses this to find conversations that its far side still holds although they have ended. May block.
   */
  boolean isAt(PortId desk, ConversationId conversation);

  /**
   * Returns the live agent who handles a conversation at a desk; empty if the conversation waits, is elsewhere or is unknown. A desk
   * whose far side reports several live agents uses this to find the assigned one. May block.
   */
  Optional<Participant> agentAt(PortId desk, ConversationId conversation);

  /**
   * Returns the conversations that wait at a desk or have a live agent there, oldest first. A desk shows them after a restart. May block.
   */
  List<Conversation> conversationsAt(PortId desk);

  /**
   * Returns the external ids under which a channel shows the latest entries of a conversation to its customer, for at most 200 entries up
   * to that one. A channel that must recognise a delivery in doubt by its text uses them to tell it from deliveries of the same text, also after a restart.
   * May block. Default: none.
   */
  default List<String> shownIds(ConversationId conversation, EntryId upTo) {
    return List.of();
  }

  /**
   * Returns whether the customer of a conversation can be written to first at its address: {@link
   * dev.relay.core.conversation.DeskEvent.AgentWroteFirst} is refused otherwise. Makes no network calls; may block. Default: open.
   */
  default CustomerAddress.Reach reach(ConversationId conversation) {
    return CustomerAddress.Reach.open();
  }

  /**
   * Passes on that somebody is typing. Best effort: nothing is stored, repeated or delivered to other instances, and a signal that comes
   * too often or too late is dropped. Returns at once; never throws. Default: nothing is passed on.
   */
  default void typing(Typing signal) {}

  /** Returns the attachments, in which files are stored before the event that names them is submitted. */
  Attachments attachments();

  /**
   * The position up to which a channel has read at one address. Immutable.
   *
   * @param address the address
   * @param position the position that the channel gave with the last event there
   */
  record ChannelPosition(CustomerAddress address, String position) {}

  /** A sign that somebody is typing, without what they type. It is true for some seconds; whoever continues repeats it. */
  sealed interface Typing {
    /**
     * A customer is typing. Ignored unless a live agent handles a conversation at that address.
     *
     * @param at the customer's address
     */
    record ByCustomer(CustomerAddress at) implements Typing {}

    /**
     * A live agent is typing an answer. Ignored unless the agent handles the conversation.
     *
     * @param conversation the conversation
     * @param agent the live agent
     */
    record ByAgent(ConversationId conversation, Participant agent) implements Typing {}
  }
}
