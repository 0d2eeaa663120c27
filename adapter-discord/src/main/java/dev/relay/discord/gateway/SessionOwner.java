package dev.relay.discord.gateway;

import java.util.List;

/** The owner of a connection, who receives its events. Thread-safe; no method may block. */
public interface SessionOwner {

  /** Returns the listeners of a new session. Called once per session, before it connects, so that the listeners miss no event. */
  List<Object> newSession();

  /** Reports that the session is connected, if no event of the session reports it. */
  void connected();

  /** Reports that reconnecting cannot help. Called once, on the connection's own thread. */
  void gaveUp(String reason);
}
