package dev.relay.app.config;

/** A value that must never be shown: a token, a password, a key. Immutable. */
public final class Secret {
  /** What is shown in its place. */
  public static final String MASK = "********";

  private final String value;

  /** Hides that value. */
  public Secret(String value) {
    this.value = value;
  }

  /** The value itself, for the one place that needs it. */
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

  /** Always the {@link #MASK}. */
  @Override
  public String toString() {
    return MASK;
  }
}
