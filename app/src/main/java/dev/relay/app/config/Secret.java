package dev.relay.app.config;

/** A value that must never be shown: a token, a password, a key. Immutable. */
public final class Secret {
  /** The text that is shown instead of the value. */
  public static final String MASK = "********";

  private final String value;

  /** Hides this value. */
  public Secret(String value) {
    this.value = value;
  }

  /** Returns the value itself, for the one place that needs it. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Returns the {@link #MASK}, never the value. */
  @Override
  public String toString() {
    return MASK;
  }
}
