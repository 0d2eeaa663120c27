package dev.relay.app.config.section;

import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import dev.relay.core.id.QueueName;
import dev.relay.core.routing.BusinessHours;
import dev.relay.core.routing.Condition;
import dev.relay.core.routing.RoutingRule;
import dev.relay.core.routing.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The routing rules. */
final class RoutingSection extends Section<RuleBook> {
  private final QueueSection queues;

  private final Setting<List<DeclaredRule>> routing = setting(
      "routing",
      new RoutingParser(),
      List.of(),
      "none: every conversation begins with the virtual agent",
      "Routing rules, first match wins. `relay routes explain` shows which rule applies and why.");

  RoutingSection(QueueSection queues) {
    this.queues = queues;
  }

  @Override
  public RuleBook read(Values values) {
    Map<QueueName, QueueSettings> known = queues.read(values);
    List<RoutingRule> rules = new ArrayList<>();
    for (DeclaredRule rule : values.get(routing)) {
      List<Condition> conditions = new ArrayList<>(rule.conditions());
      for (DeclaredRule.HoursCondition asked : rule.hours()) {
        Optional<BusinessHours> hours =
            Optional.ofNullable(known.get(asked.queue())).flatMap(QueueSettings::hours);
        if (hours.isEmpty()) {
          values.reject(
              routing.key(),
              asked.queue().value(),
              "rule \"" + rule.name()
                  + "\" depends on the business hours of this queue, which has none;"
                  + " set queues." + asked.queue().value() + ".hours",
              rule.source());
        }
        hours.ifPresent(found -> conditions.add(new Condition.DuringHours(found, asked.open())));
      }
      rules.add(new RoutingRule(rule.name(), conditions, rule.route()));
    }
    return new RuleBook(rules);
  }
}
