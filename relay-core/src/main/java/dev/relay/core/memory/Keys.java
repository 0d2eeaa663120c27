package dev.relay.core.memory;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.Side;
import java.time.Instant;
import java.util.Comparator;

/** What the trees are sorted by. */
final class Keys {
  static final Comparator<CustomerAddress> ADDRESS = (a, b) -> {
    int byKey = a.key().compareTo(b.key());
    return byKey != 0 ? byKey : a.channel().value().compareTo(b.channel().value());
  };
  static final Comparator<EventKey> EVENT = (a, b) -> {
    int byKey = a.key().compareTo(b.key());
    return byKey != 0 ? byKey : a.source().compareTo(b.source());
  };
  static final Comparator<LaneKey> LANE = (a, b) -> {
    int byConversation = Long.compare(a.conversation().value(), b.conversation().value());
    return byConversation != 0
        ? byConversation
        : Integer.compare(a.destination().code(), b.destination().code());
  };

  private Keys() {}

  /** A thing among those of an address. */
  record AtAddress(CustomerAddress address, long id) {
    static final Comparator<AtAddress> ORDER = (a, b) -> {
      int byAddress = ADDRESS.compare(a.address, b.address);
      return byAddress != 0 ? byAddress : Long.compare(a.id, b.id);
    };
  }

  /** A conversation among those of its state. */
  record InState(ConversationState state, long id) {
    static final Comparator<InState> ORDER = (a, b) -> {
      int byState = a.state.compareTo(b.state);
      return byState != 0 ? byState : Long.compare(a.id, b.id);
    };
  }

  /** A conversation among those that wait in its queue. */
  record InQueue(String queue, Instant since, long id) {
    static final Comparator<InQueue> ORDER = (a, b) -> {
      int byQueue = a.queue.compareTo(b.queue);
      int bySince = byQueue != 0 ? byQueue : a.since.compareTo(b.since);
      return bySince != 0 ? bySince : Long.compare(a.id, b.id);
    };
  }

  /** A thing that belongs to another thing: a conversation to a customer, an entry to a conversation, a note to a case. */
  record Owned(long owner, long id) {
    static final Comparator<Owned> ORDER = (a, b) -> {
      int byOwner = Long.compare(a.owner, b.owner);
      return byOwner != 0 ? byOwner : Long.compare(a.id, b.id);
    };
  }

  /** A thing with a moment. */
  record Timed(Instant at, long id) {
    static final Comparator<Timed> ORDER = (a, b) -> {
      int byTime = a.at.compareTo(b.at);
      return byTime != 0 ? byTime : Long.compare(a.id, b.id);
    };
  }

  /** What a side of a conversation calls an entry. */
  record Named(long owner, Side side, String name) {
    static final Comparator<Named> ORDER = (a, b) -> {
      int byOwner = Long.compare(a.owner, b.owner);
      int bySide = byOwner != 0 ? byOwner : a.side.compareTo(b.side);
      return bySide != 0 ? bySide : a.name.compareTo(b.name);
    };
  }

  /** What a channel calls a person. */
  record ExternalPerson(PortId channel, String externalId) {
    static final Comparator<ExternalPerson> ORDER = (a, b) -> {
      int byId = a.externalId.compareTo(b.externalId);
      return byId != 0 ? byId : a.channel.value().compareTo(b.channel.value());
    };
  }

  /** An event with the moment when it was applied. */
  record SeenAt(Instant at, EventKey key) {
    static final Comparator<SeenAt> ORDER = (a, b) -> {
      int byTime = a.at.compareTo(b.at);
      return byTime != 0 ? byTime : EVENT.compare(a.key, b.key);
    };
  }

  /** A place in a lane. */
  record Place(LaneKey lane, long sequence, int number) {
    static final Comparator<Place> ORDER = (a, b) -> {
      int byLane = LANE.compare(a.lane, b.lane);
      int bySequence = byLane != 0 ? byLane : Long.compare(a.sequence, b.sequence);
      return bySequence != 0 ? bySequence : Integer.compare(a.number, b.number);
    };
  }

  /** A lane among those of its port that are due some time. */
  record Due(PortId port, Instant at, LaneKey lane) {
    static final Comparator<Due> ORDER = (a, b) -> {
      int byPort = a.port.value().compareTo(b.port.value());
      int byTime = byPort != 0 ? byPort : a.at.compareTo(b.at);
      return byTime != 0 ? byTime : LANE.compare(a.lane, b.lane);
    };

    /** Before all lanes of that port. */
    static Due first(PortId port) {
      return new Due(port, Instant.MIN, new LaneKey(new ConversationId(0), Destination.RECORD));
    }
  }
}
