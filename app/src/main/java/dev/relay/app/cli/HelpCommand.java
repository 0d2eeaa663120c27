package dev.relay.app.cli;

import dev.relay.app.config.setting.Suggestion;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that shows the help of other commands, as {@code --help} does. */
@Command(
    name = "help",
    description = "Shows the help of a command.",
    footer = {"", "Example: relay help agents add"})
final class HelpCommand implements Callable<Integer> {
  @Spec
  private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command.")
  private List<String> words = List.of();

  @Override
  public Integer call() {
    CommandLine own = spec().commandLine();
    CommandLine shown = spec().parent().commandLine();
    for (String word : words) {
      CommandLine next = shown.getSubcommands().get(word);
      if (next == null) {
        throw CommandFailure.invalid("There is no command \"" + word + "\""
            + Suggestion.sentence(word, shown.getSubcommands().keySet()));
      }
      shown = next;
    }
    shown.usage(own.getOut());
    return ExitCode.OK;
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli has not filled in the command");
    }
    return spec;
  }
}
