package dev.relay.app.cli;

import dev.relay.core.operations.SteadyClock;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The whole command line. Without a command it serves. */
@Command(
    name = "relay",
    description =
        "A contact centre for communities: customers, a virtual agent, live agents, cases.",
    footer = {"", "Without a command, Relay runs the server until it is stopped.", ExitCode.HELP})
// Only picocli reads the annotated fields.
@SuppressWarnings("UnusedVariable")
public final class RelayCommand implements Callable<Integer> {
  @Mixin
  private final ConfigurationOptions options;

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Shows this help.")
  private boolean help;

  private final ServeCommand serve;

  private RelayCommand(ConfigurationOptions options, ServeCommand serve) {
    this.options = options;
    this.serve = serve;
  }

  /** Runs one command line and returns its exit code: 0 success, 1 failure, 2 invalid options or configuration. */
  public static int run(Terminal terminal, String... arguments) {
    return commandLine(terminal).execute(arguments);
  }

  static CommandLine commandLine(Terminal terminal) {
    InstantSource clock = new SteadyClock();
    ConfigurationOptions options = new ConfigurationOptions(terminal.environment());
    ServeCommand serve = new ServeCommand(options, terminal, clock);
    CommandLine line = new CommandLine(new RelayCommand(options, serve))
        .addSubcommand(serve)
        .addSubcommand(new ConfigCommand(options, terminal))
        .addSubcommand(new RoutesCommand(options, terminal, clock))
        .addSubcommand(new AgentsCommand(options, terminal, clock))
        .addSubcommand(new KnowledgeCommand(options, terminal))
        .addSubcommand(new DiscordCommand(options, terminal))
        .addSubcommand(new TwilioCommand(options, terminal, clock))
        .addSubcommand(new ExportCommand(options, terminal, clock))
        .addSubcommand(new VersionCommand(terminal));
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setExecutionExceptionHandler(new FailureReport());
    return line;
  }

  @Override
  public Integer call() {
    return serve.call();
  }
}
