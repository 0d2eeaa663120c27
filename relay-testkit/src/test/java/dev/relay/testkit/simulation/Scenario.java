package dev.relay.testkit.simulation;

import dev.relay.core.cases.CasePolicy;
import dev.relay.core.conversation.ConversationPolicy;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.operations.Settings;
import dev.relay.core.routing.Condition;
import dev.relay.core.routing.Route;
import dev.relay.core.routing.RoutingRule;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Parameters of the world that is drawn from one seed.
 *
 * @param customers number of customers
 * @param actions number of actions of each customer
 * @param agents number of live agents
 * @param desks number of desks at which the agents work
 * @param instances number of engines on the store
 * @param farSideTrouble percentage of calls to a far side that do not simply succeed
 * @param storeTrouble number of writes in ten thousand that fail, before or after their commit
 * @param crashes number of steps in ten thousand at which an engine crashes
 * @param clockJumps number of times the clock is set forward or back
 * @param outages number of outages of a far side
 * @param duplicates percentage of events that arrive more than once
 * @param assigns whether the queues offer their conversations to agents
 * @param settings settings of all engines
 */
record Scenario(
    int customers,
    int actions,
    int agents,
    int desks,
    int instances,
    int farSideTrouble,
    int storeTrouble,
    int crashes,
    int clockJumps,
    int outages,
    int duplicates,
    boolean assigns,
    Settings settings) {
  /** Queue of customers who ask for a live agent at once. */
  static final QueueName PEOPLE = new QueueName("people");

  static Scenario drawnFrom(Chance chance) {
    int instances = chance.percent(75) ? 1 : chance.between(2, 3);
    boolean calm = chance.percent(10);
    int desks = chance.percent(50) ? 1 : 2;
    return new Scenario(
        chance.between(1, 4),
        chance.between(3, 9),
        chance.between(1, 3),
        desks,
        instances,
        calm ? 0 : chance.between(5, 45),
        calm ? 0 : chance.of(List.of(0, 50, 200)),
        calm ? 0 : chance.of(List.of(0, 5, 20)),
        // If the clock jumps past a lease, several engines could deliver the same entry at the same
        // time.
        instances > 1 ? 0 : chance.of(List.of(0, 0, 1, 3)),
        calm ? 0 : chance.of(List.of(0, 0, 1, 3)),
        chance.of(List.of(0, 10, 40)),
        chance.percent(60),
        settings(chance, desks));
  }

  /** Returns the id of the desk with the given number, from 1. */
  static PortId desk(int number) {
    return new PortId("desk-" + number);
  }

  private static Settings settings(Chance chance, int desks) {
    Settings.Builder settings = Settings.builder()
        .rule(new RoutingRule(
            "straight to a person",
            List.of(new Condition.HasWords("person")),
            new Route(
                "straight to a person",
                Route.ServedBy.LIVE_AGENT,
                PEOPLE,
                dev.relay.core.cases.CasePriority.HIGH,
                Set.of("vip"))))
        .conversations(new ConversationPolicy(
            Duration.ofSeconds(chance.of(List.of(40, 3_600))),
            Duration.ofSeconds(chance.of(List.of(15, 60, 600))),
            Duration.ofSeconds(chance.of(List.of(60, 3_600))),
            Duration.ofSeconds(chance.of(List.of(5, 20, 3_600)))))
        .cases(new CasePolicy(
            Duration.ofSeconds(chance.of(List.of(30, 3_600))),
            Duration.ofSeconds(chance.of(List.of(0, 20, 3_600)))))
        .backOff(new BackOff(
            List.of(
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20)),
            0.2))
        .virtualAgentBackOff(new BackOff(List.of(Duration.ZERO, Duration.ofSeconds(1)), 0.2))
        .handoffBackOff(new BackOff(
            chance.of(List.of(
                List.<Duration>of(),
                List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(5)))),
            0.2))
        // A process that starts after a jump of a year cannot know that its records are younger.
        .seenFor(Duration.ofDays(3 * 365))
        .deskOutage(Duration.ofSeconds(desks > 1 ? 3 : 20))
        .lease(Duration.ofSeconds(10));
    // The first desk is the default desk.
    if (desks > 1 && chance.percent(80)) {
      settings.fallbackDesk(desk(2));
    }
    if (!chance.percent(90)) {
      settings.intakeLimit(4);
    }
    return settings
        .concurrency(chance.of(List.of(1, 2, 8)))
        .answerPause(Duration.ofMillis(chance.of(List.of(0, 1_500, 10_000))))
        .build();
  }

  @Override
  public String toString() {
    return customers + " customers with " + actions + " actions each, " + agents + " agents at "
        + desks + " desks, fallback " + settings.fallbackDesk() + ", " + instances
        + " engines; trouble: far side " + farSideTrouble
        + " %, store " + storeTrouble + " of 10,000 writes, crashes " + crashes
        + " of 10,000 steps, clock jumps " + clockJumps + ", outages " + outages
        + ", duplicates " + duplicates
        + " %; " + settings.conversations() + ", " + settings.cases() + ", intake limit "
        + settings.intakeLimit() + ", concurrency " + settings.concurrency();
  }
}
