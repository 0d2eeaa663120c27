package dev.relay.app.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with everything that is wrong with it, not only the first fault. */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Fault> faults;

  /** Reports these faults, at least one. */
  public ConfigurationException(List<Fault> faults) {
    super(faults.stream().map(Fault::describe).collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  /** Returns all faults, at least one. */
  public List<Fault> faults() {
    return faults;
  }
}
