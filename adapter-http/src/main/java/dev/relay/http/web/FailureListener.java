package dev.relay.http.web;

/** Receives failures inside the server that are reported to no client. Must be thread-safe and quick. */
@FunctionalInterface
public interface FailureListener {

  /**
   * Reports a failure; the server continues.
   *
   * @param where the part that failed, for a log
   */
  void broken(String where, Throwable cause);
}
