package dev.relay.app.cli;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.ConfigurationException;
import dev.relay.app.config.Fault;
import dev.relay.app.config.Loaded;
import dev.relay.app.config.source.ConfigurationSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command that choose the configuration. Picocli fills them in. */
public final class ConfigurationOptions {
  private final Map<String, String> environment;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Configuration file (YAML). Default: the file named by RELAY_CONFIG, if any.")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "Sets one setting; takes precedence over environment and file."
          + " Example: --set http.port=9000. Can be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  ConfigurationOptions(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Returns the configuration and the source of each setting; throws a {@link CommandFailure} that lists all errors. */
  Loaded load() {
    try {
      return new ConfigurationSource(overrides, environment, Optional.ofNullable(file)).load();
    } catch (ConfigurationException e) {
      List<String> lines = new ArrayList<>();
      int count = e.faults().size();
      lines.add("The configuration has " + count + (count == 1 ? " error:" : " errors:"));
      e.faults().stream().map(Fault::describe).map(line -> "  " + line).forEach(lines::add);
      throw CommandFailure.invalid(lines);
    }
  }

  Configuration configuration() {
    return load().configuration();
  }
}
