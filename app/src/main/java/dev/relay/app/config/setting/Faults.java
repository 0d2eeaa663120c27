package dev.relay.app.config.setting;

import dev.relay.app.config.Fault;
import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong, so that all of it can be listed at once. Not thread-safe. */
public final class Faults {
  private final List<Fault> all = new ArrayList<>();
  private final Setting.Exposure exposure;

  /** Creates an empty list that shows values. */
  public Faults() {
    this(Setting.Exposure.OPEN);
  }

  private Faults(Setting.Exposure exposure) {
    this.exposure = exposure;
  }

  /** Adds a wrong value. */
  public void add(String key, Value found, String expected) {
    add(key, exposure.shown(found), expected, found.source());
  }

  /**
   * Adds a fault.
   *
   * @param key the setting, or what else is wrong
   * @param found the value as written; empty to leave it out
   * @param expected what is wrong or what is allowed
   * @param source where the value is written
   */
  public void add(String key, String found, String expected, String source) {
    all.add(new Fault(key, found, expected, source));
  }

  /** Returns an empty list whose faults show only that part of a value. */
  static Faults showing(Setting.Exposure exposure) {
    return new Faults(exposure);
  }

  void addAll(Faults others) {
    all.addAll(others.all);
  }

  /** Checks whether nothing is wrong. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** Returns each fault once, although some settings are read for several purposes. */
  public List<Fault> list() {
    return all.stream().distinct().toList();
  }
}
