package dev.relay.app.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that all of it can be told at once. Not thread-safe. */
final class Faults {
  private final List<Fault> all = new ArrayList<>();
  private final boolean masked;

  Faults() {
    this(false);
  }

  private Faults(boolean masked) {
    this.masked = masked;
  }

  void add(String key, Value found, String expected) {
    add(key, masked ? Secret.MASK : found.render(), expected, found.source());
  }

  void add(String key, String found, String expected, String source) {
    all.add(new Fault(key, found, expected, source));
  }

  /** A collection whose faults show the mask in place of the value. */
  Faults masking() {
    return new Faults(true);
  }

  void addAll(Faults others) {
    all.addAll(others.all);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Each once, although some settings are looked at for several purposes. */
  List<Fault> list() {
    return all.stream().distinct().toList();
  }
}
