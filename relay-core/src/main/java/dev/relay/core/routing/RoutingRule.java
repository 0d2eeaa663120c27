package dev.relay.core.routing;

import java.util.List;

/**
 * A named rule: where all conditions hold, its route is taken.
 *
 * @param name unique in the rule book, for explanations
 * @param conditions all must hold; none means always
 * @param route what then
 */
public record RoutingRule(String name, List<Condition> conditions, Route route) {

  /** Copies the conditions, so that the rule cannot change. */
  public RoutingRule {
    conditions = List.copyOf(conditions);
  }

  /** Whether all conditions hold. */
  public boolean matches(Situation situation) {
    return conditions.stream().allMatch(condition -> condition.holds(situation));
  }
}
