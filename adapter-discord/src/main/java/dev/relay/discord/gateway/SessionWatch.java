package dev.relay.discord.gateway;

import java.time.Duration;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.events.session.SessionDisconnectEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.events.session.SessionResumeEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches one session: health, permanent close codes, and reconnect loops. Thread-safe. */
final class SessionWatch implements EventListener {
  private static final Logger LOG = LoggerFactory.getLogger(SessionWatch.class);

  private final ConnectionStatus status;
  private final ReconnectBreaker breaker;
  private final ConnectionState state;
  private volatile boolean begun;
  private volatile boolean ended;

  SessionWatch(ConnectionStatus status, ReconnectBreaker breaker, ConnectionState state) {
    this.status = status;
    this.breaker = breaker;
    this.state = state;
  }

  /** Starts to watch, after JDA has logged in. Before that, the log-in itself reports its failure. */
  void begin() {
    begun = true;
  }

  /** Stops to watch: further events are expected. */
  void end() {
    ended = true;
    breaker.release();
  }

  @Override
  public void onEvent(GenericEvent event) {
    if (!begun || ended) {
      return;
    }
    if (event instanceof ReadyEvent
        || event instanceof SessionRecreateEvent
        || event instanceof SessionResumeEvent) {
      breaker.connected();
      status.up();
    } else if (event instanceof SessionDisconnectEvent) {
      disconnected();
    } else if (event instanceof ShutdownEvent shutdown) {
      String reason = FatalClose.advice(shutdown.getCloseCode())
          .orElse("the connection to Discord was shut down (code " + shutdown.getCode() + ")");
      status.down(reason);
      state.giveUp(reason);
    }
  }

  private void disconnected() {
    Duration wait = breaker.broke();
    status.interrupted();
    if (breaker.isLoop()) {
      status.down("Discord accepts the connection and keeps dropping it");
    }
    if (!wait.isZero()) {
      LOG.warn("Discord keeps dropping the connection; waiting {} s", wait.toSeconds());
      breaker.await(wait);
    }
  }
}
