package dev.relay.core.intake;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Event;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.Participant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where adapters hand in what happened. Thread-safe. */
public interface Intake {

  /**
   * Hands in an event. Returns at once; the future completes when the event is stored, deduplicated and decided, in the order
   * in which events of one conversation were handed in. It never completes exceptionally, and is completed by Relay's own
   * thread: what hangs on it must not block.
   */
  CompletableFuture<IntakeResult> submit(Event event);

  /**
   * How far the channel had read, for gap recovery: at each address of a conversation that is not closed, then at the thousand other
   * addresses that were read last, where customers may have come back. May block.
   */
  List<ChannelPosition> positions(PortId channel);

  /**
   * Remembers how far the channel has read at an address, or where that customer is served now, without an event. Completes with
   * false where the store did not take it.
   *
   * @param position opaque to Relay, at most 200 characters
   */
  CompletableFuture<Boolean> keepPosition(CustomerAddress address, String position);

  /**
   * Whether that desk has the conversation at the moment: an agent serves it there, or it waits there. False for a conversation
   * that is not known. A desk asks it to find what its far side still holds though Relay has it no more. May block.
   */
  boolean isAt(PortId desk, ConversationId conversation);

  /**
   * The agent who serves the conversation at that desk; empty where it waits, is elsewhere or is not known. A desk whose far side
   * tells of several people asks it whose word counts. May block.
   */
  Optional<Participant> agentAt(PortId desk, ConversationId conversation);

  /**
   * Returns the conversations that wait at a desk or have a live agent there, oldest first: what a desk shows after a restart. May
   * block.
   */
  List<Conversation> conversationsAt(PortId desk);

  /** Where the contents of attachments are kept before the event that names them is handed in. */
  Attachments attachments();

  /**
   * How far a channel has read at one address.
   *
   * @param address where
   * @param position what the channel gave as its position with the last event there
   */
  record ChannelPosition(CustomerAddress address, String position) {}
}
