package dev.relay.app.cli;

import dev.relay.core.operations.SteadyClock;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
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
  /** Arguments that only serve, separated by NUL: {@code serve --config relay.yaml --set http.port=0}. */
  private static final Pattern SERVING =
      Pattern.compile("(serve)?(\0?--(set(=|\0)[^-=\0][^=\0]*=[^\0]*|config(=|\0)[^-\0][^\0]*))*");

  /** With which Relay starts and serves a few customers. */
  private static final String LEAST_HEAP = "-Xmx128m";

  @Mixin
  private final ConfigurationOptions options;

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Shows this help.")
  private boolean help;

  @CommandLine.Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the versions of Relay and Java.")
  private boolean version;

  private final ServeCommand serve;

  private RelayCommand(ConfigurationOptions options, ServeCommand serve) {
    this.options = options;
    this.serve = serve;
  }

  /** Runs one command line and returns its exit code: 0 success, 1 failure, 2 invalid options or configuration. */
  public static int run(Terminal terminal, String... arguments) {
    try {
      return (isPlainServing(arguments) ? serving(terminal) : commandLine(terminal))
          .execute(arguments);
    } catch (OutOfMemoryError e) {
      terminal.err().println(tooLittleMemory(e));
      return ExitCode.FAILED;
    } catch (LinkageError e) {
      terminal.err().println("Relay cannot run on this machine: " + e);
      return ExitCode.FAILED;
    }
  }

  /** Describes a lack of memory or threads on one line; what it lacks is in Java's own message. */
  private static String tooLittleMemory(OutOfMemoryError error) {
    long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
    return "Relay stopped: out of memory (" + error.getMessage() + "). Java may use " + mebibytes
        + " MiB of heap; give it more with -Xmx, at least " + LEAST_HEAP + ".";
  }

  /** Checks whether Relay is to serve, with no other options than those of the configuration. */
  private static boolean isPlainServing(String... arguments) {
    return SERVING.matcher(String.join("\0", arguments)).matches();
  }

  /** Returns the command line without the commands that do not serve, whose model takes a part of the start. */
  private static CommandLine serving(Terminal terminal) {
    ConfigurationOptions options = new ConfigurationOptions(terminal.environment());
    ServeCommand serve = new ServeCommand(options, terminal, new SteadyClock());
    return speaking(
        new CommandLine(new RelayCommand(options, serve)).addSubcommand(serve), terminal);
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
        .addSubcommand(new HandOutCommand(options, terminal, clock))
        .addSubcommand(new EraseCommand(options, terminal, clock))
        .addSubcommand(new BackupCommand(options, terminal))
        .addSubcommand(new MigrateCommand(options, terminal))
        .addSubcommand(new DatabaseCommand(options, terminal))
        .addSubcommand(new DeadLettersCommand(options, terminal, clock))
        .addSubcommand(new VersionCommand(terminal));
    line.getSubcommands().values().stream()
        .filter(command -> !command.getSubcommands().isEmpty())
        .forEach(group -> group.addSubcommand(new HelpCommand()));
    line.addSubcommand(new HelpCommand());
    return speaking(line, terminal);
  }

  private static CommandLine speaking(CommandLine line, Terminal terminal) {
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.getCommandSpec().versionProvider(() -> VersionCommand.lines().toArray(String[]::new));
    line.setExecutionExceptionHandler(new FailureReport());
    return line;
  }

  @Override
  public Integer call() {
    return serve.call();
  }
}
