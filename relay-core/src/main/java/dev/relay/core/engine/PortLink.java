package dev.relay.core.engine;

import dev.relay.core.conversation.Event;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.id.PortId;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Queries;
import java.util.Optional;

/** The connection of a port's lanes to its implementation: turns an entry into a call. Thread-safe. */
interface PortLink {

  /** Returns the port. */
  PortId port();

  /** Returns the delays between attempts to deliver that head. */
  BackOff backOff(TranscriptEntry head);

  /** Reads what the call for an entry needs. */
  Attempt prepare(TranscriptEntry head, int attempt, Queries queries);

  /** Returns the event that is applied instead of parking when the head is given up; empty if the lane is parked. */
  Optional<Event> insteadOfParking(TranscriptEntry head, String reason);
}
