package dev.relay.app.cli;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.id.PortId;
import dev.relay.core.routing.RoutingRule;
import dev.relay.core.routing.RuleBook;
import dev.relay.core.routing.Situation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Explains routing. */
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
      description = "Tells which rule a situation takes, and why not the ones before it.",
      footer = {
        "",
        "Example: relay routes explain --locale es --role VIP --text \"my refund\"",
        "Exit codes: 0 done, 2 an option or the configuration is wrong."
      })
  int explain(
      @Option(
              names = "--channel",
              paramLabel = "CHANNEL",
              defaultValue = "web",
              description = "The channel's id. Default: ${DEFAULT-VALUE}")
          String channel,
      @Option(names = "--guild", paramLabel = "ID", description = "The community's id.")
          Optional<String> guild,
      @Option(
              names = "--command",
              paramLabel = "NAME",
              description = "The command, without a slash.")
          Optional<String> command,
      @Option(
              names = "--locale",
              paramLabel = "LANGUAGE",
              defaultValue = "en",
              description = "The customer's language. Default: ${DEFAULT-VALUE}")
          String locale,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              description = "A role of the customer. Can be repeated.")
          List<String> roles,
      @Option(
              names = "--text",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "What the customer writes.")
          String text,
      @Option(
              names = "--case-kind",
              paramLabel = "KIND",
              description = "One of: ${COMPLETION-CANDIDATES}")
          Optional<CaseKind> caseKind,
      @Option(
              names = "--at",
              paramLabel = "TIME",
              description = "When: 2026-11-22T10:00:00Z. Default: now.")
          Optional<Instant> at) {
    RuleBook rules = options.configuration().engine().ruleBook();
    Set<String> hasRoles = roles == null ? Set.of() : new HashSet<>(roles);
    RuleBook.Explanation explanation = rules.explain(new Situation(
        port(channel),
        guild,
        command,
        Locale.forLanguageTag(locale),
        hasRoles,
        text,
        caseKind,
        at.orElseGet(clock::instant)));
    explanation.tried().forEach(this::tell);
    int untried = rules.rules().size() - explanation.tried().size();
    if (untried > 0) {
      terminal.say("(" + untried + " later rules were not tried)");
    }
    terminal.say("Rule: " + explanation.route().rule());
    terminal.say("  served first by: " + nameOf(explanation.route().to()));
    terminal.say("  queue: " + explanation.route().queue());
    terminal.say("  priority: " + nameOf(explanation.route().priority()));
    terminal.say(
        "  tags: " + String.join(", ", new TreeSet<>(explanation.route().tags())));
    return ExitCode.OK;
  }

  private void tell(RuleBook.Verdict verdict) {
    RoutingRule rule = verdict.rule();
    terminal.say(
        verdict.matched()
            ? "yes  " + rule.name()
            : "no   " + rule.name() + ": needs " + String.join(" and ", verdict.failed()));
  }

  private static PortId port(String channel) {
    try {
      return new PortId(channel);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.wrong(List.of("--channel: " + e.getMessage()));
    }
  }

  private static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
