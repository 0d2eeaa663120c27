package dev.relay.core.routing;

import dev.relay.core.routing.RuleBook.Situation;
import java.util.List;

/**
 * A named rule: its route is taken if all its conditions hold.
 *
 * @param name unique in the rule book, for explanations
 * @param conditions all must hold; none means always
 * @param route the route
 */
public record RoutingRule(String name, List<Condition> conditions, Route route) {

  /** Copies the conditions, so that the rule cannot change. */
  public RoutingRule {
    conditions = List.copyOf(conditions);
  }

  /** Returns whether all conditions hold. */
  public boolean matches(Situation situation) {
    return conditions.stream().allMatch(condition -> condition.holds(situation));
  }
}
