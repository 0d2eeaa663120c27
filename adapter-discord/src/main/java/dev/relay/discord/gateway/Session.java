package dev.relay.discord.gateway;

import dev.relay.discord.rest.RetryAfterInterceptor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.internal.utils.IOUtil;

/**
 * One JDA and the gate that keeps it out of the gateway.
 *
 * @param gate opened once this instance holds the gateway
 */
record Session(JDA jda, GatedSessionController gate) {
  private static final Duration SHUTDOWN = Duration.ofSeconds(10);
  private static final Duration HANDSHAKE = Duration.ofSeconds(2);
  private static final long POLL_MILLIS = 10;
  private static final Set<JDA.Status> HANDSHAKING = Set.of(
      JDA.Status.CONNECTING_TO_WEBSOCKET,
      JDA.Status.IDENTIFYING_SESSION,
      JDA.Status.AWAITING_LOGIN_CONFIRMATION,
      JDA.Status.LOADING_SUBSYSTEMS);
  private static final int LONGEST_RECONNECT_SECONDS = 60;

  /**
   * Logs in. JDA does not enter the gateway before the gate is open. Blocks for one request; throws JDA's exceptions if Discord cannot be
   * reached or does not accept the token.
   */
  static Session begin(SessionPlan plan, GatedSessionController gate, List<Object> listeners) {
    RestConfig rest = new RestConfig();
    plan.apiUrl().ifPresent(rest::setBaseUrl);
    JDA jda = JDABuilder.createLight(plan.token(), plan.intents())
        .setRestConfig(rest)
        .setSessionController(gate)
        .setHttpClientBuilder(
            IOUtil.newHttpClientBuilder().addInterceptor(new RetryAfterInterceptor()))
        // Relay decides about retries, after it has checked what the earlier request did.
        .setRequestTimeoutRetry(false)
        // Relay parses raw events, because JDA omits messages of channels that it has not cached.
        .setRawEventsEnabled(true)
        .setEnableShutdownHook(false)
        .setMaxReconnectDelay(LONGEST_RECONNECT_SECONDS)
        .addEventListeners(listeners.toArray())
        .build();
    return new Session(jda, gate);
  }

  /** Waits for the end of the gateway's handshake, during which a shutdown of JDA logs errors. */
  private void awaitHandshake() throws InterruptedException {
    long end = System.nanoTime() + HANDSHAKE.toNanos();
    while (HANDSHAKING.contains(jda.getStatus()) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Removes the listeners and ends the session. */
  void retire() {
    gate.retire();
    jda.removeEventListener(jda.getRegisteredListeners().toArray());
    end();
  }

  /** Ends the session after its running requests. Blocks for at most ten seconds. */
  void end() {
    gate.retire();
    try {
      awaitHandshake();
      jda.shutdown();
      if (!jda.awaitShutdown(SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)) {
        jda.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      jda.shutdownNow();
    }
  }
}
