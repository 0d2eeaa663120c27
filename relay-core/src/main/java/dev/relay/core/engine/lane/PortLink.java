package dev.relay.core.engine.lane;

import dev.relay.core.conversation.Event;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.id.PortId;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Queries;
import java.util.Optional;

/** The connection of a port's lanes to its implementation: turns an entry into a call. Thread-safe. */
public interface PortLink {

  /** Returns the port. */
  PortId port();

  /** Returns the delays between attempts to deliver that head. */
  BackOff backOff(TranscriptEntry head);

  /** Reads the data that the call for an entry needs, and returns the call. */
  Attempt prepare(TranscriptEntry head, int attempt, Queries queries);

  /** Returns the event that is applied instead of parking the lane when its head is given up; empty to park the lane. */
  Optional<Event> insteadOfParking(TranscriptEntry head, String reason);
}
