package dev.relay.core.store;

/**
 * The store could not do what it was asked to. A write that ends so may or may not have happened: every write carries a key
 * that lets it be repeated.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With what was tried and the store's own error. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** With what is wrong. */
  public StoreException(String message) {
    super(message);
  }
}
