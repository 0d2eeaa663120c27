package dev.relay.app.config.section;

import dev.relay.app.config.DeskSettings;
import dev.relay.core.routing.BusinessHours;
import java.util.Optional;

/**
 * A queue in which customers wait for an agent.
 *
 * @param desk the agent desk of the queue; empty: the default desk
 * @param hours the business hours of the queue; empty: always open
 */
record QueueSettings(Optional<DeskSettings.Desk> desk, Optional<BusinessHours> hours) {}
