package dev.relay.app.serve;

import java.util.Optional;

/** Which version of Relay this is. */
public final class Version {

  private Version() {}

  /** The version of the jar that runs; {@code development} outside of a jar. */
  public static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
