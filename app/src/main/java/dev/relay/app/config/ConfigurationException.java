package dev.relay.app.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. Carries everything that is wrong with it, not only the first thing. */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Fault> faults;

  ConfigurationException(List<Fault> faults) {
    super(faults.stream().map(Fault::describe).collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  /** All that is wrong, at least one. */
  public List<Fault> faults() {
    return faults;
  }
}
