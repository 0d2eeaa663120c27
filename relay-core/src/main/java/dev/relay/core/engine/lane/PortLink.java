package dev.relay.core.engine.lane;

import dev.relay.core.conversation.Event;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.id.PortId;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Queries;
import java.time.Instant;
import java.util.Optional;

/** The connection of a port's lanes to its implementation: turns an entry into a call. Thread-safe. */
public interface PortLink {

  /** Returns the port. */
  PortId port();

  /** Returns the delays between attempts to deliver that head. */
  BackOff backOff(TranscriptEntry head);

  /**
   * Returns the time before which an entry is not attempted, because more may follow that belongs to it; empty if it is attempted now.
   * Such a wait is no failed attempt.
   */
  default Optional<Instant> notBefore(TranscriptEntry head, Instant now, Queries queries) {
    return Optional.empty();
  }

  /** Reads the data that the call for an entry needs, and returns the call. */
  Attempt prepare(TranscriptEntry head, int attempt, Queries queries);

  /** Returns how an entry behaves while the port fails. */
  default Urgency urgency(TranscriptEntry head) {
    return Urgency.ORDINARY;
  }

  /** The ways in which an entry behaves while its port fails. */
  enum Urgency {
    /** It waits for the end of the outage. */
    ORDINARY,
    /** It has a way of its own out of an outage: after its short back-off, {@link PortLink#insteadOfParking} names the event. */
    URGENT,
    /** It is left out when it has failed several times and other entries wait behind it. */
    DISPENSABLE
  }

  /** Returns the event that is applied instead of parking the lane when its head is given up; empty to park the lane. */
  Optional<Event> insteadOfParking(TranscriptEntry head, String reason);
}
