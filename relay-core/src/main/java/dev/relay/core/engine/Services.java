package dev.relay.core.engine;

import dev.relay.core.cases.Cases;
import dev.relay.core.customer.Customers;
import dev.relay.core.intake.Intake;
import dev.relay.core.operations.Announcements;
import dev.relay.core.operations.DeadLetters;
import dev.relay.core.operations.Leases;
import dev.relay.core.team.Team;

/**
 * The services of an engine, which {@code Relay} offers. Immutable.
 *
 * @param intake receives events
 * @param cases opens and changes cases
 * @param customers blocks and unblocks customers
 * @param deadLetters retries and skips deliveries that were given up
 * @param announcements publishes announcements
 * @param leases reserves tasks for one instance at a time
 * @param teams sets up queues, records presence
 */
public record Services(
    Intake intake,
    Cases cases,
    Customers customers,
    DeadLetters deadLetters,
    Announcements announcements,
    Leases leases,
    Team.Teams teams) {}
