package dev.relay.core.store;

import dev.relay.core.id.PortId;
import java.time.Instant;
import java.util.Optional;

/**
 * What waits in the lanes of a port.
 *
 * @param port which port
 * @param entries how many entries wait, parked lanes aside
 * @param oldest when the entry at the head that is longest waiting was taken in, parked lanes aside
 * @param parked how many lanes are parked
 */
public record Backlog(PortId port, long entries, Optional<Instant> oldest, long parked) {}
