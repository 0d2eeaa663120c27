package dev.relay.discord.gateway;

import java.time.Duration;
import java.util.function.Consumer;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.events.session.SessionDisconnectEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.events.session.SessionResumeEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches one session: health, fatal close codes, and loops of reconnections. Thread-safe. */
final class Watch implements EventListener {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  private final Standing standing;
  private final ReconnectBreaker breaker;
  private final Consumer<String> fatal;
  private volatile boolean begun;
  private volatile boolean ended;

  Watch(Standing standing, ReconnectBreaker breaker, Consumer<String> fatal) {
    this.standing = standing;
    this.breaker = breaker;
    this.fatal = fatal;
  }

  /** JDA has logged in; before, a failure is told to whoever tries to log in. */
  void begin() {
    begun = true;
  }

  /** What happens from now on is expected. */
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
      standing.up();
    } else if (event instanceof SessionDisconnectEvent) {
      disconnected();
    } else if (event instanceof ShutdownEvent shutdown) {
      fatal.accept(FatalClose.advice(shutdown.getCloseCode())
          .orElse("the connection to Discord was shut down (code " + shutdown.getCode() + ")"));
    }
  }

  private void disconnected() {
    Duration wait = breaker.broke();
    standing.interrupted();
    if (breaker.isLoop()) {
      standing.down("Discord accepts the connection and drops it again and again");
    }
    if (!wait.isZero()) {
      LOG.warn("Discord drops the connection again and again; waiting {} s", wait.toSeconds());
      breaker.await(wait);
    }
  }
}
