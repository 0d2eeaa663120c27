package dev.relay.app.config;

import dev.relay.core.id.QueueName;
import dev.relay.core.routing.Condition;
import dev.relay.core.routing.Route;
import java.util.List;
import java.util.Optional;

/**
 * A routing rule as declared, before its business hours are looked up.
 *
 * @param name the rule's name
 * @param conditions all conditions save those on business hours
 * @param hours whose business hours it asks for
 * @param route what then
 * @param source where it stands
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

  /** Asks whether agents work in a queue. */
  record HoursCondition(QueueName queue, boolean open) {
    static Optional<HoursCondition> of(Optional<QueueName> queue, boolean open) {
      return queue.map(name -> new HoursCondition(name, open));
    }
  }
}
