package dev.relay.app.cli;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.id.PortId;
import dev.relay.core.routing.RuleBook.Situation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that describe how a conversation begins. Picocli fills them in. */
final class SituationOptions {
  @Option(
      names = "--channel",
      paramLabel = "CHANNEL",
      description = "Id of the channel. Default: ${DEFAULT-VALUE}")
  private String channel = "web";

  @Option(names = "--guild", paramLabel = "ID", description = "Id of the community.")
  private Optional<String> guild = Optional.empty();

  @Option(
      names = "--command",
      paramLabel = "NAME",
      description = "Name of the command, without a slash.")
  private Optional<String> command = Optional.empty();

  @Option(
      names = "--locale",
      paramLabel = "LANGUAGE",
      description = "Language of the customer. Default: ${DEFAULT-VALUE}")
  private String locale = "en";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "Role of the customer. Can be repeated.")
  private List<String> roles = List.of();

  @Option(names = "--text", paramLabel = "TEXT", description = "First message of the customer.")
  private String text = "";

  @Option(
      names = "--case-kind",
      paramLabel = "KIND",
      description = "Kind of the case. One of: ${COMPLETION-CANDIDATES}")
  private Optional<CaseKind> caseKind = Optional.empty();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "Time, such as 2026-11-22T10:00:00Z. Default: now.")
  private Optional<Instant> at = Optional.empty();

  /** Returns the situation; throws a {@link CommandFailure} if an option is invalid. */
  Situation situation(InstantSource clock) {
    return new Situation(
        port(),
        guild,
        command,
        Locale.forLanguageTag(locale),
        new HashSet<>(roles),
        text,
        caseKind,
        at.orElseGet(clock::instant));
  }

  private PortId port() {
    try {
      return new PortId(channel);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.invalid("--channel is \"" + channel + "\": " + e.getMessage());
    }
  }
}
