package dev.relay.discord.gateway;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.events.session.SessionDisconnectEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.hooks.EventListener;

/** The first session of a connection that is used for a moment: waits for it, and keeps why it does not come. Thread-safe. */
public final class Arrival implements EventListener {
  private static final int NO_CODE = 0;

  private final CountDownLatch decided = new CountDownLatch(1);
  private volatile boolean ready;
  private volatile Optional<String> fatal = Optional.empty();
  private volatile String lastClose = "";

  /** Waits for no session yet. */
  public Arrival() {}

  @Override
  public void onEvent(GenericEvent event) {
    if (event instanceof ReadyEvent) {
      ready = true;
      decided.countDown();
    } else if (event instanceof SessionDisconnectEvent closed) {
      lastClose = closed.getServiceCloseFrame() == null
          ? "the connection broke without a close code"
          : "it was closed with code " + closed.getServiceCloseFrame().getCloseCode();
    } else if (event instanceof ShutdownEvent end) {
      fatal = Optional.of(FatalClose.advice(end.getCloseCode())
          .orElse("the connection to Discord was shut down"
              + (end.getCode() == NO_CODE ? "" : " (code " + end.getCode() + ")")));
      decided.countDown();
    }
  }

  /**
   * Waits until the session is ready.
   *
   * @param longest the longest wait
   * @return why the session is not ready, with what to do; empty if it is
   */
  public Optional<String> await(Duration longest, JDA connection) {
    try {
      if (!decided.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.of("Discord's gateway did not come up within " + longest.toSeconds()
            + " s: the connection is " + connection.getStatus()
            + (lastClose.isEmpty() ? "" : ", and last " + lastClose)
            + ". Check the network and discord.gatewayUrl, then run the set-up again.");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.of("The set-up was interrupted.");
    }
    return ready ? Optional.empty() : fatal;
  }
}
