package dev.relay.app.config;

import dev.relay.app.config.DeclaredRule.HoursCondition;
import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.routing.Condition;
import dev.relay.core.routing.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The rule book: {@code [{name: vip, when: {role: VIP}, then: {to: live-agent, queue: vip}}]}. */
final class RoutingReading implements Reading<List<DeclaredRule>> {
  private static final int MAX_RULES = 200;
  private static final Reading<String> NAME = Readings.text(60);
  private static final Reading<String> WORD = Readings.text(200);
  private static final Reading<PortId> CHANNEL =
      Readings.plain("a channel's id", text -> Optional.of(new PortId(text)));
  private static final Reading<String> COMMAND =
      Readings.matching("a command's name without slash", Pattern.compile("[a-z0-9_-]{1,32}"));
  private static final Reading<Locale> LOCALE = Readings.language();
  private static final Reading<List<String>> TAGS =
      Readings.list(SupportCase.MAX_TAGS, Readings.text(SupportCase.MAX_TAG));

  @Override
  public String allowed() {
    return "a list of rules, first match wins; each {name, when: {channel, guild, command, locale,"
        + " role, words, caseKind, open, closed}, then: {to, queue, priority, tags}}";
  }

  @Override
  public Optional<List<DeclaredRule>> read(String key, Value value, Faults faults) {
    Optional<Value> structure = Group.structure(value, faults);
    if (structure.isEmpty()) {
      return Optional.empty();
    }
    if (!(structure.get() instanceof Value.Items items) || items.values().size() > MAX_RULES) {
      faults.add(key, value, "expected a list of at most " + MAX_RULES + " rules");
      return Optional.empty();
    }
    List<DeclaredRule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int index = 0;
    for (Value item : items.values()) {
      String at = key + "[" + index + "]";
      rule(at, item, faults).ifPresent(rule -> {
        if (!names.add(rule.name())) {
          faults.add(at + ".name", rule.name(), "another rule has this name", item.source());
        }
        rules.add(rule);
      });
      index++;
    }
    return Optional.of(List.copyOf(rules));
  }

  private Optional<DeclaredRule> rule(String key, Value value, Faults faults) {
    Optional<Group> opened = Group.open(key, value, faults);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    Group group = opened.get();
    String name = group.take("name", NAME).orElse("");
    group.require("name", NAME.allowed());
    List<Condition> conditions = new ArrayList<>();
    List<HoursCondition> hours = new ArrayList<>();
    group
        .raw("when")
        .flatMap(when -> Group.open(key + ".when", when, faults))
        .ifPresent(when -> conditions(when, conditions, hours));
    group.require("then", "where to: {to, queue, priority, tags}");
    Route route = group
        .raw("then")
        .flatMap(then -> Group.open(key + ".then", then, faults))
        .map(then -> route(name, then))
        .orElse(Route.FALLBACK);
    group.finish();
    return Optional.of(new DeclaredRule(name, conditions, hours, route, value.source()));
  }

  private static void conditions(
      Group when, List<Condition> conditions, List<HoursCondition> hours) {
    when.take("channel", CHANNEL).map(Condition.InChannel::new).ifPresent(conditions::add);
    when.take("guild", WORD).map(Condition.InGuild::new).ifPresent(conditions::add);
    when.take("command", COMMAND).map(Condition.ByCommand::new).ifPresent(conditions::add);
    when.take("locale", LOCALE).map(Condition.SpeaksLocale::new).ifPresent(conditions::add);
    when.take("role", WORD).map(Condition.HasRole::new).ifPresent(conditions::add);
    when.take("words", WORD).map(Condition.HasWords::new).ifPresent(conditions::add);
    when.take("caseKind", Readings.oneOf(CaseKind.class))
        .map(Condition.AboutCaseKind::new)
        .ifPresent(conditions::add);
    HoursCondition.of(when.take("open", QueuesReading.NAME), true).ifPresent(hours::add);
    HoursCondition.of(when.take("closed", QueuesReading.NAME), false).ifPresent(hours::add);
    when.finish();
  }

  private static Route route(String name, Group then) {
    Route.ServedBy to =
        then.take("to", Readings.oneOf(Route.ServedBy.class)).orElse(Route.ServedBy.VIRTUAL_AGENT);
    QueueName queue = then.take("queue", QueuesReading.NAME).orElse(QueueName.DEFAULT);
    CasePriority priority =
        then.take("priority", Readings.oneOf(CasePriority.class)).orElse(CasePriority.NORMAL);
    List<String> tags = then.take("tags", TAGS).orElse(List.of());
    then.finish();
    return new Route(name, to, queue, priority, new HashSet<>(tags));
  }
}
