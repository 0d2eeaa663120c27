package dev.relay.core.store;

import dev.relay.core.id.PortId;
import java.time.Instant;
import java.util.Optional;

/**
 * The backlog of one port's lanes.
 *
 * @param port the port
 * @param entries the entries that wait in lanes that are not parked
 * @param oldest when Relay accepted the oldest head of a lane that is not parked
 * @param parked the parked lanes
 */
public record Backlog(PortId port, long entries, Optional<Instant> oldest, long parked) {}
