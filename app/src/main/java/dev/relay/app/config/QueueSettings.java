package dev.relay.app.config;

import dev.relay.core.routing.BusinessHours;
import java.util.Optional;

/**
 * A queue in which customers wait for an agent.
 *
 * @param desk which agent desk serves it; empty: the one that serves all others
 * @param hours when agents work in it; empty: always
 */
public record QueueSettings(Optional<DeskSettings.Desk> desk, Optional<BusinessHours> hours) {}
