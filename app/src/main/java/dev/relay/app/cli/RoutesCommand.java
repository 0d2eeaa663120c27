package dev.relay.app.cli;

import dev.relay.core.routing.Route;
import dev.relay.core.routing.RoutingRule;
import dev.relay.core.routing.RuleBook;
import java.time.InstantSource;
import java.util.Locale;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command that explains routing. */
@Command(name = "routes", description = "Explains the routing rules.")
final class RoutesCommand {
  private final ConfigurationOptions options;
  private final Terminal terminal;
  private final InstantSource clock;

  RoutesCommand(ConfigurationOptions options, Terminal terminal, InstantSource clock) {
    this.options = options;
    this.terminal = terminal;
    this.clock = clock;
  }

  @Command(
      name = "explain",
      description = "Shows which rule a situation takes, and why the rules before it do not apply.",
      footer = {
        "",
        "Example: relay routes explain --locale es --role VIP --text \"my refund\"",
        ExitCode.HELP
      })
  int explain(@Mixin SituationOptions situation) {
    RuleBook rules = options.configuration().engine().ruleBook();
    RuleBook.Explanation explanation = rules.explain(situation.situation(clock));
    if (rules.rules().isEmpty()) {
      terminal.print("There are no routing rules (routing): every conversation takes the default.");
    }
    explanation.tried().forEach(this::show);
    int untried = rules.rules().size() - explanation.tried().size();
    if (untried > 0) {
      terminal.print("(" + untried + " later rules were not tried)");
    }
    Route route = explanation.route();
    terminal.print("Rule: " + route.rule());
    terminal.print("  served first by: " + nameOf(route.to()));
    terminal.print("  queue: " + route.queue());
    terminal.print("  priority: " + nameOf(route.priority()));
    terminal.print("  tags: " + String.join(", ", new TreeSet<>(route.tags())));
    return ExitCode.OK;
  }

  private void show(RuleBook.Verdict verdict) {
    RoutingRule rule = verdict.rule();
    terminal.print(
        verdict.matched()
            ? "yes  " + rule.name()
            : "no   " + rule.name() + ": needs " + String.join(" and ", verdict.failed()));
  }

  private static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
