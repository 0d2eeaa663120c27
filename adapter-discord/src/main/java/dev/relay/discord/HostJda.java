package dev.relay.discord;

import dev.relay.core.delivery.Health;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.StatusChangeEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.internal.JDAImpl;

/** The JDA of a host bot, which Relay only listens to and sends through. Thread-safe. */
final class HostJda {
  private final JDA jda;
  private final Object[] listeners;
  private final Runnable connected;
  private final AtomicBoolean heard = new AtomicBoolean();
  private final EventListener arrival = this::onEvent;

  /**
   * The runnable is called as soon as the host is connected where no event of a new session tells it: where the host is connected
   * already when Relay begins to listen, where it is just telling its own listeners that it is ready, and where it resumes.
   */
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
    heard.set(false);
    jda.addEventListener(arrival);
    jda.addEventListener(listeners);
    if (jda.getStatus() == JDA.Status.CONNECTED) {
      arrived();
    }
  }

  void end() {
    jda.removeEventListener(arrival);
    jda.removeEventListener(listeners);
  }

  /** JDA changes its status after it has told all listeners of a new or a resumed session. */
  private void onEvent(GenericEvent event) {
    if (event instanceof ReadyEvent || event instanceof SessionRecreateEvent) {
      heard.set(true);
    } else if (event instanceof StatusChangeEvent change
        && change.getNewStatus() == JDA.Status.CONNECTED) {
      arrived();
    }
  }

  private void arrived() {
    if (heard.compareAndSet(false, true)) {
      connected.run();
    }
  }

  Health health() {
    JDA.Status status = jda.getStatus();
    return status == JDA.Status.CONNECTED
        ? Health.up()
        : Health.down("the host bot's connection to Discord is " + status);
  }
}
