package dev.relay.http.access;

/** The event streams that a session or API token holds open. Thread-safe. */
public interface SessionStreams {

  /** Closes the streams that were opened with the token of that hash. Does nothing if there are none. */
  void closeSession(String tokenHash);
}
