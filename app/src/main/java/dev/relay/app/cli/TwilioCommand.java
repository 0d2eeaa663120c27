package dev.relay.app.cli;

import dev.relay.app.config.Configuration;
import dev.relay.app.serve.TwilioAccess;
import dev.relay.twilio.TwilioAccount;
import dev.relay.twilio.TwilioSetup;
import dev.relay.twilio.account.SetupFinding;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands that check a Twilio account and set it up. */
@Command(name = "twilio", description = "Checks a Twilio account and sets it up.")
final class TwilioCommand {
  private static final String EXIT_CODES =
      "Exit codes: 0 no problems, 1 problems found, 2 invalid options or configuration.";

  private final ConfigurationOptions options;
  private final Terminal terminal;
  private final InstantSource clock;

  TwilioCommand(ConfigurationOptions options, Terminal terminal, InstantSource clock) {
    this.options = options;
    this.terminal = terminal;
    this.clock = clock;
  }

  @Command(
      name = "setup",
      description = {
        "Checks the account as doctor does, and points Twilio's events to Relay. Events that already"
            + " go elsewhere are reported and left unchanged. Nothing is set while Twilio cannot"
            + " reach publicUrl.",
        "Can be repeated. Deletes nothing."
      },
      footer = {"", "Example: relay twilio setup --dry-run", EXIT_CODES})
  int setup(
      @Option(names = "--dry-run", description = "Prints the plan without changing anything.")
          boolean dryRun,
      @Option(
              names = "--move",
              description =
                  "Also moves events of Relay at another address here. Use it after changing publicUrl.")
          boolean move) {
    TwilioSetup setup = setup();
    if (dryRun) {
      return report(setup.check());
    }
    return report(proved(setup, move ? setup.move() : setup.apply(), true));
  }

  @Command(
      name = "doctor",
      description =
          "Checks the account's ids, secrets and addresses without changing anything, and sends a test"
              + " message through Twilio that must come back to the running Relay.",
      footer = {"", EXIT_CODES})
  int doctor() {
    TwilioSetup setup = setup();
    return report(proved(setup, setup.check(), false));
  }

  /** Adds whether Twilio's webhooks reach Relay, unless Twilio itself or the public address cannot be used. */
  private static List<SetupFinding> proved(
      TwilioSetup setup, List<SetupFinding> findings, boolean mayBeStopped) {
    boolean isPossible = findings.stream()
        .noneMatch(it -> it.state() == SetupFinding.State.WRONG
            && (it.what().equals("Twilio") || it.what().startsWith("the public address")));
    List<SetupFinding> all = new ArrayList<>(findings);
    if (isPossible) {
      all.add(setup.proveLoop(mayBeStopped));
    }
    return all;
  }

  private TwilioSetup setup() {
    Configuration configuration = options.configuration();
    String account = configuration
        .twilio()
        .accountSid()
        .orElseThrow(() -> CommandFailure.invalid(
            "twilio.accountSid is missing: set RELAY_TWILIO_ACCOUNT_SID, see docs/twilio.md"));
    return TwilioAccount.setup(TwilioAccess.of(configuration, account), clock);
  }

  private int report(List<SetupFinding> findings) {
    for (SetupFinding finding : findings) {
      String advice = finding.advice().isEmpty() ? "" : ": " + finding.advice();
      terminal.print(sign(finding.state()) + finding.what() + advice);
    }
    long wrong =
        findings.stream().filter(it -> it.state() == SetupFinding.State.WRONG).count();
    boolean toChange = findings.stream().anyMatch(it -> it.state() == SetupFinding.State.TO_CHANGE);
    if (wrong > 0) {
      terminal.print(wrong == 1 ? "1 problem found." : wrong + " problems found.");
      return ExitCode.FAILED;
    }
    terminal.print(
        toChange
            ? "No problems found. To apply the changes, run: relay twilio setup"
            : "No problems found.");
    return ExitCode.OK;
  }

  private static String sign(SetupFinding.State state) {
    return switch (state) {
      case FINE -> "ok     ";
      case CHANGED -> "set    ";
      case TO_CHANGE -> "to do  ";
      case LATER -> "later  ";
      case WRONG -> "WRONG  ";
    };
  }
}
