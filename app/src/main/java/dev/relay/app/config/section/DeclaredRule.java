package dev.relay.app.config.section;

import dev.relay.core.id.QueueName;
import dev.relay.core.routing.Condition;
import dev.relay.core.routing.Route;
import java.util.List;
import java.util.Optional;

/**
 * A routing rule as written, before its business hours are looked up.
 *
 * @param name the name of the rule
 * @param conditions all conditions except those on business hours
 * @param hours the conditions on business hours
 * @param route the route of conversations that meet all conditions
 * @param source where the rule is written
 */
record DeclaredRule(
    String name,
    List<Condition> conditions,
    List<HoursCondition> hours,
    Route route,
    String source) {
  DeclaredRule {
    conditions = List.copyOf(conditions);
    hours = List.copyOf(hours);
  }

  /** A condition on the business hours of a queue. */
  record HoursCondition(QueueName queue, boolean open) {
    static Optional<HoursCondition> of(Optional<QueueName> queue, boolean open) {
      return queue.map(name -> new HoursCondition(name, open));
    }
  }
}
