package dev.relay.app.cli;

import dev.relay.app.config.Configuration;
import dev.relay.app.observe.LogOutput;
import dev.relay.app.serve.EndOfService;
import dev.relay.app.serve.NotStarted;
import dev.relay.app.serve.RunningRelay;
import dev.relay.app.serve.StopSignal;
import dev.relay.app.serve.TwilioAccess;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Serves until it is stopped. */
@Command(
    name = "serve",
    description = {
      "Serves customers and agents until it is stopped (Ctrl-C, SIGTERM). This is what happens"
          + " without a command, too.",
      "A stop finishes requests and deliveries under way; a second signal ends at once."
    },
    footer = {
      "",
      "Exit codes: 0 stopped in order, 1 it could not start or not stop in order, 2 the command"
          + " line or the configuration is wrong."
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
    LogOutput.open(terminal.err(), configuration.process().logLevel());
    TwilioAccess.missing(configuration).ifPresent(missing -> {
      throw CommandFailure.wrong(List.of(missing));
    });
    EndOfService end = new EndOfService();
    RunningRelay running;
    try {
      running = RunningRelay.start(configuration, clock, end);
    } catch (NotStarted e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()));
    }
    StopSignal.listen(end);
    running.summary().forEach(terminal::say);
    Optional<String> whatToFix = end.await();
    terminal.say("Stopping: no new requests, work under way is finished.");
    boolean inOrder = running.stop();
    if (whatToFix.isPresent()) {
      throw CommandFailure.wrong(List.of("Relay cannot go on: " + whatToFix.get()));
    }
    terminal.say(inOrder ? "Stopped." : "Stopped, but not everything ended in order: see the log.");
    return inOrder ? ExitCode.OK : ExitCode.FAILED;
  }
}
