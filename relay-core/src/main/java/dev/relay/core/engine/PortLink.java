package dev.relay.core.engine;

import dev.relay.core.conversation.Event;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.id.PortId;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Queries;
import java.util.Optional;

/** Joins the lanes of one port to its implementation: turns an entry into a call. Thread-safe. */
interface PortLink {

  /** Whose lanes. */
  PortId port();

  /** How long to wait between attempts to deliver that head. */
  BackOff backOff(TranscriptEntry head);

  /** Reads what the call needs. */
  Attempt prepare(TranscriptEntry head, int attempt, Queries queries);

  /** What is applied in place of parking when the head is given up; empty where it is parked. */
  Optional<Event> insteadOfParking(TranscriptEntry head, String reason);
}
