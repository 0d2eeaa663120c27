package dev.relay.core.store;

/**
 * Thrown when the store fails and may work the next time. A write that fails so may or may not have happened: every write carries a key
 * with which it can be repeated. Data that fails at each attempt is a {@link BadData}, which is not a {@code StoreException}.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Takes a description of the attempted operation and the store's own error. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Takes a description of the failure. */
  public StoreException(String message) {
    super(message);
  }

  /**
   * Thrown when one datum is at fault and not the store: a row that cannot be read, because it is damaged or a newer Relay has written
   * it, or a change that contradicts what is stored. Repeating the same work fails again; other work is not concerned. Nothing was
   * changed. The message names the datum and never its content.
   */
  public static final class BadData extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Takes a description of the datum and of its fault. */
    public BadData(String message) {
      super(message);
    }

    /** Takes a description of the datum and of its fault, and the error that showed it. */
    public BadData(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
