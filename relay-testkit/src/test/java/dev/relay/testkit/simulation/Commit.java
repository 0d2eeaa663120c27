package dev.relay.testkit.simulation;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Event;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.team.Team;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Changes made by one transaction. Used by one thread. */
final class Commit {
  final List<Change<Conversation>> conversations = new ArrayList<>();
  final List<Change<SupportCase>> cases = new ArrayList<>();
  final List<TranscriptEntry> appended = new ArrayList<>();
  final List<LeftOut> leftOut = new ArrayList<>();
  final Set<LaneKey> touched = new LinkedHashSet<>();
  /** Lanes that were claimed, with the time. */
  final Map<LaneKey, Instant> claimed = new HashMap<>();
  /** Lanes whose head was done and that their owner kept for the next entry. */
  final Map<LaneKey, Kept> kept = new HashMap<>();
  /** Lanes that their owner gave back. */
  final Set<LaneKey> released = new HashSet<>();
  /** Lanes that were dropped, passed to another port, or that a person made due again. */
  final Set<LaneKey> freed = new HashSet<>();

  /** Offers to live agents, as they were when they were made. */
  final List<Offered> offers = new ArrayList<>();
  /** Keyed events that changed a conversation. */
  final List<AcceptedEvent> accepted = new ArrayList<>();
  /** Places in a queue of which customers were notified. */
  final List<PlaceRead> places = new ArrayList<>();

  /** An offer of a conversation of that queue to that agent, whose load includes the offer. */
  record Offered(ConversationId conversation, Team.Queue queue, Team.Member to) {}

  /** An event that changed a conversation, which was as given before. */
  record AcceptedEvent(Event event, Conversation before, Instant at) {}

  /** The place in the queue that a notice names, and the place that the conversation had at that moment. */
  record PlaceRead(ConversationId conversation, Optional<Integer> read, Optional<Integer> actual) {}

  /** The time at which a lane was kept, and whether another lane of its port was due then. */
  record Kept(Instant at, boolean isAnotherDue) {}

  /** A saved value and the value that it replaced. */
  record Change<T>(Optional<T> before, T after) {}

  /** Places of a lane that are no longer delivered, from the first to the last, both included. */
  record LeftOut(LaneKey lane, long first, long last) {}
}
