package dev.relay.discord;

import dev.relay.core.engine.Health;
import java.util.List;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.internal.JDAImpl;

/** The JDA of a host bot, which Relay only listens to and sends through. Thread-safe. */
final class HostJda {
  private final JDA jda;
  private final Object[] listeners;
  private final Runnable connected;

  /** The runnable is called where the host is connected already when Relay begins to listen. */
  HostJda(JDA jda, List<Object> listeners, Runnable connected) {
    this.jda = jda;
    this.listeners = listeners.toArray();
    this.connected = connected;
    if (jda instanceof JDAImpl known && !known.isRawEvents()) {
      throw new IllegalArgumentException(
          "this JDA does not tell raw events: build it with JDABuilder.setRawEventsEnabled(true)");
    }
    if (!jda.getGatewayIntents().contains(GatewayIntent.DIRECT_MESSAGES)) {
      throw new IllegalArgumentException(
          "this JDA hears no direct messages: build it with the intent DIRECT_MESSAGES");
    }
  }

  JDA jda() {
    return jda;
  }

  void begin() {
    jda.addEventListener(listeners);
    if (jda.getStatus() == JDA.Status.CONNECTED) {
      connected.run();
    }
  }

  void end() {
    jda.removeEventListener(listeners);
  }

  Health health() {
    JDA.Status status = jda.getStatus();
    return status == JDA.Status.CONNECTED
        ? Health.up()
        : Health.down("the host bot's connection to Discord is " + status);
  }
}
