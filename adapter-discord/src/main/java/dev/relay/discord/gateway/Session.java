package dev.relay.discord.gateway;

import dev.relay.discord.rest.WaitWishes;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.internal.utils.IOUtil;

/** One JDA and its way to the gateway. */
record Session(JDA jda, GatewayDoor door) {
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
   * What a session is made of.
   *
   * @param token the bot's token, secret
   * @param apiUrl another base address than Discord's, ending with a slash
   * @param gatewayUrl another gateway than Discord's
   * @param readsThreads whether the messages in the threads of the help channel are wanted
   */
  record Plan(
      String token, Optional<String> apiUrl, Optional<String> gatewayUrl, boolean readsThreads) {
    @Override
    public String toString() {
      return "Plan[" + apiUrl + ", " + gatewayUrl + ", " + readsThreads + "]";
    }

    /**
     * Direct messages, whose content every bot may read. In the threads of a help channel, which are inside a server, messages
     * come with GUILD_MESSAGES, and their content only with MESSAGE_CONTENT, which has to be switched on in the Developer Portal.
     * What servers, channels and threads there are Discord tells in any case. Nothing else: no members, no presences, no reactions,
     * no typing, because Relay has nowhere to show them.
     */
    EnumSet<GatewayIntent> intents() {
      return readsThreads
          ? EnumSet.of(
              GatewayIntent.DIRECT_MESSAGES,
              GatewayIntent.GUILD_MESSAGES,
              GatewayIntent.MESSAGE_CONTENT)
          : EnumSet.of(GatewayIntent.DIRECT_MESSAGES);
    }
  }

  /**
   * Logs in; the gateway is not entered before the door is open. One request, which blocks. Throws what JDA throws where Discord
   * cannot be reached or does not accept the token.
   */
  static Session begin(Plan plan, GatewayDoor door, List<Object> listeners) {
    RestConfig rest = new RestConfig();
    plan.apiUrl().ifPresent(rest::setBaseUrl);
    JDA jda = JDABuilder.createLight(plan.token(), plan.intents())
        .setRestConfig(rest)
        .setSessionController(door)
        .setHttpClientBuilder(IOUtil.newHttpClientBuilder().addInterceptor(new WaitWishes()))
        // A repeated request is Relay's decision, which looks first what the earlier one did.
        .setRequestTimeoutRetry(false)
        // Relay reads messages as Discord sends them: JDA leaves out those of channels that it has
        // not cached.
        .setRawEventsEnabled(true)
        .setEnableShutdownHook(false)
        .setMaxReconnectDelay(LONGEST_RECONNECT_SECONDS)
        .addEventListeners(listeners.toArray())
        .build();
    return new Session(jda, door);
  }

  /** JDA breaks noisily where it is shut down in the middle of the gateway's handshake. */
  private void awaitHandshake() throws InterruptedException {
    long end = System.nanoTime() + HANDSHAKE.toNanos();
    while (HANDSHAKING.contains(jda.getStatus()) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Ends it: first what is under way, then at once. Blocks at most ten seconds. */
  void end() {
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
