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

/** The sort keys of the trees. */
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

  /** The key of an item at an address. */
  record AtAddress(CustomerAddress address, long id) {
    static final Comparator<AtAddress> ORDER = (a, b) -> {
      int byAddress = ADDRESS.compare(a.address, b.address);
      return byAddress != 0 ? byAddress : Long.compare(a.id, b.id);
    };
  }

  /** The key of a conversation by its state. */
  record InState(ConversationState state, long id) {
    static final Comparator<InState> ORDER = (a, b) -> {
      int byState = a.state.compareTo(b.state);
      return byState != 0 ? byState : Long.compare(a.id, b.id);
    };
  }

  /** The key of a waiting conversation by its queue. */
  record InQueue(String queue, Instant since, long id) {
    static final Comparator<InQueue> ORDER = (a, b) -> {
      int byQueue = a.queue.compareTo(b.queue);
      int bySince = byQueue != 0 ? byQueue : a.since.compareTo(b.since);
      return bySince != 0 ? bySince : Long.compare(a.id, b.id);
    };
  }

  /** The key of an item by its parent: a conversation by its customer, an entry by its conversation, a note by its case. */
  record Owned(long owner, long id) {
    static final Comparator<Owned> ORDER = (a, b) -> {
      int byOwner = Long.compare(a.owner, b.owner);
      return byOwner != 0 ? byOwner : Long.compare(a.id, b.id);
    };
  }

  /** The key of an item by its time. */
  record Timed(Instant at, long id) {
    static final Comparator<Timed> ORDER = (a, b) -> {
      int byTime = a.at.compareTo(b.at);
      return byTime != 0 ? byTime : Long.compare(a.id, b.id);
    };
  }

  /** The id that a side of a conversation gave to an entry. */
  record Named(long owner, Side side, String name) {
    static final Comparator<Named> ORDER = (a, b) -> {
      int byOwner = Long.compare(a.owner, b.owner);
      int bySide = byOwner != 0 ? byOwner : a.side.compareTo(b.side);
      return bySide != 0 ? bySide : a.name.compareTo(b.name);
    };
  }

  /** The id that a channel gave to a customer. */
  record ExternalCustomer(PortId channel, String externalId) {
    static final Comparator<ExternalCustomer> ORDER = (a, b) -> {
      int byId = a.externalId.compareTo(b.externalId);
      return byId != 0 ? byId : a.channel.value().compareTo(b.channel.value());
    };
  }

  /** The key of an applied event by the time of applying it. */
  record SeenAt(Instant at, EventKey key) {
    static final Comparator<SeenAt> ORDER = (a, b) -> {
      int byTime = a.at.compareTo(b.at);
      return byTime != 0 ? byTime : EVENT.compare(a.key, b.key);
    };
  }

  /** The key of a place in a lane. */
  record Place(LaneKey lane, long sequence, int number) {
    static final Comparator<Place> ORDER = (a, b) -> {
      int byLane = LANE.compare(a.lane, b.lane);
      int bySequence = byLane != 0 ? byLane : Long.compare(a.sequence, b.sequence);
      return bySequence != 0 ? bySequence : Integer.compare(a.number, b.number);
    };
  }

  /** The key of a lane by its port and the time at which it is due. */
  record Due(PortId port, Instant at, LaneKey lane) {
    static final Comparator<Due> ORDER = (a, b) -> {
      int byPort = a.port.value().compareTo(b.port.value());
      int byTime = byPort != 0 ? byPort : a.at.compareTo(b.at);
      return byTime != 0 ? byTime : LANE.compare(a.lane, b.lane);
    };

    /** Returns a key before all lanes of that port. */
    static Due first(PortId port) {
      return new Due(port, Instant.MIN, new LaneKey(new ConversationId(0), Destination.RECORD));
    }
  }
}
