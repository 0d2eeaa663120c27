package dev.relay.discord.fake;

import java.util.Collection;
import java.util.List;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.SessionControllerAdapter;

/** The connection of an unmodified JDA to the fake. */
public final class JdaConnection {
  private JdaConnection() {}

  /** Connects a JDA with these intents and listeners and waits until it is ready. */
  public static JDA connect(
      FakeDiscord discord, Collection<GatewayIntent> intents, Object... listeners) {
    try {
      return builder(discord, intents).addEventListeners(listeners).build().awaitReady();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Connects a JDA with the intent for direct messages and waits until it is ready. */
  public static JDA connect(FakeDiscord discord, Object... listeners) {
    return connect(discord, List.of(GatewayIntent.DIRECT_MESSAGES), listeners);
  }

  /** Returns a builder that connects to the fake, for tests with more settings. */
  public static JDABuilder builder(FakeDiscord discord, Collection<GatewayIntent> intents) {
    return JDABuilder.createLight(discord.token(), intents)
        .setRestConfig(new RestConfig().setBaseUrl(discord.restUrl()))
        .setSessionController(new LoopbackSessions(discord.gatewayUrl()))
        .setEnableShutdownHook(false);
  }

  /** A session controller that leads to the fake's gateway, and begins sessions without the 5 s that Discord requires between them. */
  private static final class LoopbackSessions extends SessionControllerAdapter {
    private final String gateway;

    LoopbackSessions(String gateway) {
      this.gateway = gateway;
    }

    @Override
    public String getGateway() {
      return gateway;
    }

    @Override
    protected void runWorker() {
      synchronized (lock) {
        if (workerHandle == null) {
          workerHandle = new QueueWorker(0);
          workerHandle.start();
        }
      }
    }
  }
}
