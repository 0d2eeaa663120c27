package dev.relay.app.serve;

import java.util.Optional;

/** The version of Relay. */
public final class Version {

  private Version() {}

  /** Returns the version of the running jar; {@code development} outside a jar. */
  public static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
