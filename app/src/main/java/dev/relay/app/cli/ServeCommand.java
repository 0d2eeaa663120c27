package dev.relay.app.cli;

import dev.relay.app.config.Configuration;
import dev.relay.app.observe.LogOutput;
import dev.relay.app.serve.EndOfService;
import dev.relay.app.serve.NotStarted;
import dev.relay.app.serve.RunningRelay;
import dev.relay.app.serve.StopSignal;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The command that runs the server until it is stopped. */
@Command(
    name = "serve",
    description = {
      "Runs the server until it is stopped (Ctrl-C, SIGTERM). This is also the default command.",
      "A stop finishes requests and deliveries under way. A second signal ends the process at once."
    },
    footer = {
      "",
      "Exit codes: 0 stopped, 1 failed to start or to finish the work under way, 2 invalid options"
          + " or configuration."
    })
final class ServeCommand implements Callable<Integer> {
  private final ConfigurationOptions options;
  private final Terminal terminal;
  private final InstantSource clock;

  ServeCommand(ConfigurationOptions options, Terminal terminal, InstantSource clock) {
    this.options = options;
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    Configuration configuration = options.configuration();
    LogOutput.level(configuration.process().logLevel());
    EndOfService end = new EndOfService();
    RunningRelay running;
    try {
      running = RunningRelay.start(configuration, clock, end);
    } catch (NotStarted e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()));
    }
    StopSignal.listen(end);
    running.summary().forEach(terminal::print);
    Optional<String> whatToFix = end.await();
    terminal.print("Stopping: refusing new requests, finishing the work under way.");
    boolean inOrder = running.stop();
    if (whatToFix.isPresent()) {
      throw CommandFailure.invalid("Relay cannot continue: " + whatToFix.get());
    }
    terminal.print(inOrder ? "Stopped." : "Stopped, but some work was not finished: see the log.");
    return inOrder ? ExitCode.OK : ExitCode.FAILED;
  }
}
