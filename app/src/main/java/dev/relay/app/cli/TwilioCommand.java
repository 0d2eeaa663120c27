package dev.relay.app.cli;

import dev.relay.app.config.Configuration;
import dev.relay.app.serve.TwilioAccess;
import dev.relay.twilio.setup.TwilioSetup;
import dev.relay.twilio.setup.TwilioSetup.Finding;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks a Twilio account and sets it up. */
@Command(name = "twilio", description = "Checks a Twilio account and sets it up.")
final class TwilioCommand {
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
        "Checks the account as doctor does, and sets what Relay can set at Twilio: where its events"
            + " go. What goes elsewhere already is told and left as it is. Nothing is set while"
            + " publicUrl is one that Twilio cannot reach.",
        "Can be repeated; deletes nothing."
      },
      footer = {
        "",
        "Example: relay twilio setup --dry-run",
        "Exit codes: 0 nothing is wrong, 1 something is, 2 an option or the configuration is wrong."
      })
  int setup(
      @Option(names = "--dry-run", description = "Tells what would be set, and sets nothing.")
          boolean dryRun,
      @Option(
              names = "--move",
              description =
                  "Also brings here what goes to Relay at another address: after publicUrl was changed.")
          boolean move) {
    TwilioSetup setup = setup();
    if (dryRun) {
      return tell(setup.check());
    }
    return tell(move ? setup.move() : setup.apply());
  }

  @Command(
      name = "doctor",
      description = "Checks the account's ids, secrets and addresses, and changes nothing.",
      footer = {
        "",
        "Exit codes: 0 nothing is wrong, 1 something is, 2 an option or the configuration is wrong."
      })
  int doctor() {
    return tell(setup().check());
  }

  private TwilioSetup setup() {
    Configuration configuration = options.configuration();
    String account = configuration
        .twilio()
        .accountSid()
        .orElseThrow(() -> CommandFailure.wrong(List.of(
            "twilio.accountSid is missing: set RELAY_TWILIO_ACCOUNT_SID, see docs/twilio.md")));
    return new TwilioSetup(TwilioAccess.of(configuration, account), clock);
  }

  private int tell(List<Finding> findings) {
    for (Finding finding : findings) {
      String advice = finding.advice().isEmpty() ? "" : ": " + finding.advice();
      terminal.say(sign(finding.state()) + finding.what() + advice);
    }
    long wrong =
        findings.stream().filter(it -> it.state() == Finding.State.WRONG).count();
    boolean toChange = findings.stream().anyMatch(it -> it.state() == Finding.State.TO_CHANGE);
    if (wrong > 0) {
      terminal.say(wrong == 1 ? "One thing is wrong." : wrong + " things are wrong.");
      return ExitCode.FAILED;
    }
    terminal.say(
        toChange ? "Nothing is wrong; relay twilio setup has something to do." : "All is well.");
    return ExitCode.OK;
  }

  private static String sign(Finding.State state) {
    return switch (state) {
      case FINE -> "ok     ";
      case CHANGED -> "set    ";
      case TO_CHANGE -> "to do  ";
      case WRONG -> "WRONG  ";
    };
  }
}
