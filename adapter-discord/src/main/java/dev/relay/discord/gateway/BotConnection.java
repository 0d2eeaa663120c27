package dev.relay.discord.gateway;

import dev.relay.core.delivery.Health;
import dev.relay.discord.rest.JdaSource;

/** The bot's connection to Discord: its own, or that of a host bot. Thread-safe. */
public interface BotConnection extends JdaSource, AutoCloseable {

  /** Starts to receive events; returns at once. */
  void start();

  /** Stops receiving events; requests still work until {@link #close}. */
  void release();

  /** Returns the health of the connection. Makes no network calls. */
  Health health();

  /** Ends the connection; may block for ten seconds. Repeated calls have no effect. */
  @Override
  void close();
}
