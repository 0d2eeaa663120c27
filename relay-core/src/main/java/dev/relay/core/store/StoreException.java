package dev.relay.core.store;

/**
 * Thrown when the store fails. A write that fails so may or may not have happened: every write carries a key with which it can
 * be repeated.
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
}
