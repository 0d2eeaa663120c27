package dev.relay.app.config.section;

import dev.relay.app.config.section.DeclaredRule.HoursCondition;
import dev.relay.app.config.setting.Faults;
import dev.relay.app.config.setting.Group;
import dev.relay.app.config.setting.Parser;
import dev.relay.app.config.setting.Parsers;
import dev.relay.app.config.setting.Value;
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

/** Parses the routing rules: {@code [{name: vip, when: {role: VIP}, then: {to: live-agent, queue: vip}}]}. */
final class RoutingParser implements Parser<List<DeclaredRule>> {
  private static final int MAX_RULES = 200;
  private static final Parser<String> NAME = Parsers.text(60);
  private static final Parser<String> WORD = Parsers.text(200);
  private static final Parser<PortId> CHANNEL =
      Parsers.plain("a channel's id", text -> Optional.of(new PortId(text)));
  private static final Parser<String> COMMAND =
      Parsers.matching("a command's name without slash", Pattern.compile("[a-z0-9_-]{1,32}"));
  private static final Parser<Locale> LOCALE = Parsers.language();
  private static final Parser<List<String>> TAGS =
      Parsers.list(SupportCase.MAX_TAGS, Parsers.text(SupportCase.MAX_TAG));

  @Override
  public String allowed() {
    return "a list of rules, each {name, when: {channel, guild, command, locale,"
        + " role, words, caseKind, open, closed}, then: {to, queue, priority, tags}}";
  }

  @Override
  public String brief() {
    return "a list of rules, see \"Routing rules\"";
  }

  @Override
  public Optional<List<DeclaredRule>> parse(String key, Value value, Faults faults) {
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
          faults.add(
              at + ".name", rule.name(), "expected a name that no other rule has", item.source());
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
    group.open("when").ifPresent(when -> conditions(when, conditions, hours));
    group.require("then", "{to, queue, priority, tags}");
    Route route = group.open("then").map(then -> route(name, then)).orElse(Route.FALLBACK);
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
    when.take("caseKind", Parsers.oneOf(CaseKind.class))
        .map(Condition.AboutCaseKind::new)
        .ifPresent(conditions::add);
    HoursCondition.of(when.take("open", QueuesParser.NAME), true).ifPresent(hours::add);
    HoursCondition.of(when.take("closed", QueuesParser.NAME), false).ifPresent(hours::add);
    when.finish();
  }

  private static Route route(String name, Group then) {
    Route.ServedBy to =
        then.take("to", Parsers.oneOf(Route.ServedBy.class)).orElse(Route.ServedBy.VIRTUAL_AGENT);
    QueueName queue = then.take("queue", QueuesParser.NAME).orElse(QueueName.DEFAULT);
    CasePriority priority =
        then.take("priority", Parsers.oneOf(CasePriority.class)).orElse(CasePriority.NORMAL);
    List<String> tags = then.take("tags", TAGS).orElse(List.of());
    then.finish();
    return new Route(name, to, queue, priority, new HashSet<>(tags));
  }
}
