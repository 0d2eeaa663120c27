package dev.relay.discord.gateway;

import dev.relay.core.delivery.Health;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.StatusChangeEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.internal.JDAImpl;

/** The connection of a host bot. Relay adds listeners and sends through it, but never shuts it down. Thread-safe. */
public final class HostJda implements BotConnection {
  private final JDA jda;
  private final SessionOwner owner;
  private volatile Object[] listeners = {};
  private final AtomicBoolean notified = new AtomicBoolean();
  private final EventListener arrival = this::onEvent;

  /**
   * Checks the JDA of a host.
   *
   * @param owner is notified as soon as the host is connected
   * @throws IllegalArgumentException if the JDA was built without raw events or without the intent DIRECT_MESSAGES
   */
  public HostJda(JDA jda, SessionOwner owner) {
    this.jda = jda;
    this.owner = owner;
    if (jda instanceof JDAImpl known && !known.isRawEvents()) {
      throw new IllegalArgumentException(
          "this JDA does not emit raw events: build it with JDABuilder.setRawEventsEnabled(true)");
    }
    if (!jda.getGatewayIntents().contains(GatewayIntent.DIRECT_MESSAGES)) {
      throw new IllegalArgumentException(
          "this JDA does not receive direct messages: build it with the intent DIRECT_MESSAGES");
    }
  }

  @Override
  public Optional<JDA> jda() {
    return Optional.of(jda);
  }

  @Override
  public void tokenRejected() {
    // The host handles its own token; the health is the host's status.
  }

  @Override
  public void start() {
    listeners = owner.newSession().toArray();
    notified.set(false);
    jda.addEventListener(arrival);
    jda.addEventListener(listeners);
    if (jda.getStatus() == JDA.Status.CONNECTED) {
      arrived();
    }
  }

  @Override
  public void release() {
    jda.removeEventListener(arrival);
    jda.removeEventListener(listeners);
  }

  @Override
  public void close() {
    // The connection is the host's.
  }

  /**
   * Notifies the owner if no event of a new session does: if the host is already connected when Relay starts to listen, if the host is
   * notifying its own listeners at that moment, and if the host resumes. JDA changes its status after it has notified all listeners.
   */
  private void onEvent(GenericEvent event) {
    if (event instanceof ReadyEvent || event instanceof SessionRecreateEvent) {
      notified.set(true);
    } else if (event instanceof StatusChangeEvent change
        && change.getNewStatus() == JDA.Status.CONNECTED) {
      arrived();
    }
  }

  private void arrived() {
    if (notified.compareAndSet(false, true)) {
      owner.connected();
    }
  }

  @Override
  public Health health() {
    JDA.Status status = jda.getStatus();
    return status == JDA.Status.CONNECTED
        ? Health.up()
        : Health.down("the host bot's connection to Discord is " + status);
  }
}
