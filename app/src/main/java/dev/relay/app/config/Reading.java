package dev.relay.app.config;

import java.util.Optional;

/** Makes a typed value of what the operator wrote, or says what is wrong with it. */
interface Reading<T> {

  /** What is allowed, for the documentation: {@code a whole number from 1 to 65535}. */
  String allowed();

  /** The typed value; empty where it is wrong, and then the faults say why. */
  Optional<T> read(String key, Value value, Faults faults);
}
