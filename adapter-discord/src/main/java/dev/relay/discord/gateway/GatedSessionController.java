package dev.relay.discord.gateway;

import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.JdaSource;
import dev.relay.discord.rest.RestFailure;
import java.time.Duration;
import java.util.Optional;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.utils.SessionController;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session controller that keeps JDA out of Discord's gateway until it is opened. JDA asks it before every session. Requests work
 * before that, so that an instance that does not hold the gateway can still send. Thread-safe.
 */
final class GatedSessionController implements SessionController {
  private static final String DISCORD = "wss://gateway.discord.gg/";

  private static final Logger LOG = LoggerFactory.getLogger(GatedSessionController.class);
  /** A wait from this length on is reported to the operator. */
  private static final Duration LONG = Duration.ofSeconds(30);

  private final String address;
  private final ConnectionState state;
  private final ConnectionStatus status;
  private final IdentifyBudget budget;
  private @Nullable SessionConnectNode waiting;
  private boolean open;
  private volatile boolean retired;

  /**
   * Creates a closed gate.
   *
   * @param address the address of the gateway; Discord's if empty
   * @param state records that a first connection failed
   * @param status reports long waits
   * @param budget decides when the next session may begin
   */
  GatedSessionController(
      Optional<String> address,
      ConnectionState state,
      ConnectionStatus status,
      IdentifyBudget budget) {
    this.address = address.orElse(DISCORD);
    this.state = state;
    this.status = status;
    this.budget = budget;
  }

  /** Lets JDA enter the gateway from now on. */
  synchronized void open() {
    open = true;
    pass();
  }

  /** Lets no session begin any more, because another connection takes the place of this one. */
  void retire() {
    retired = true;
    state.wake();
  }

  synchronized boolean isOpen() {
    return open;
  }

  @Override
  public synchronized void appendSession(SessionConnectNode node) {
    waiting = node;
    if (open) {
      pass();
    }
  }

  @Override
  public synchronized void removeSession(SessionConnectNode node) {
    if (node.equals(waiting)) {
      waiting = null;
    }
  }

  @Override
  public String getGateway() {
    return address;
  }

  @Override
  public ShardedGateway getShardedGateway(JDA api) {
    return new ShardedGateway(address, 1);
  }

  /** Asks Discord how many sessions are left. If it does not answer, only this process's own count is known. */
  private static Optional<IdentifyBudget.Limit> limit(JDA jda) {
    try {
      DataObject limit = new DiscordRest(new Direct(jda)).sessionStartLimit();
      return Optional.of(new IdentifyBudget.Limit(
          limit.getInt("total"),
          limit.getInt("remaining"),
          Duration.ofMillis(limit.getLong("reset_after"))));
    } catch (RestFailure | ParsingException unknown) {
      LOG.debug("The limit of sessions is not known: {}", unknown.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  /** The JDA that is about to connect, as the source of a request. */
  private record Direct(JDA connecting) implements JdaSource {
    @Override
    public Optional<JDA> jda() {
      return Optional.of(connecting);
    }

    @Override
    public void tokenRejected() {
      // The gateway refuses the token too, and says so.
    }
  }

  private void pass() {
    SessionConnectNode node = waiting;
    if (node == null) {
      return;
    }
    waiting = null;
    Thread thread = new Thread(() -> connect(node), "relay-discord-gateway");
    thread.setDaemon(true);
    thread.start();
  }

  private void connect(SessionConnectNode node) {
    try {
      Duration wait = budget.waitNow(limit(node.getJDA()));
      if (wait.compareTo(LONG) > 0) {
        String reason = "too many sessions were begun at Discord lately; the next one begins in "
            + wait.toMinutes() + " min " + wait.toSecondsPart() + " s, because Discord resets"
            + " the token of a bot that begins more than 1,000 within a day";
        LOG.warn("Discord: {}", reason);
        status.down(reason);
      }
      if (!state.waitAtGate(wait, () -> retired)) {
        return;
      }
      budget.begins();
      node.run(true);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException cannotConnect) {
      budget.couldNotConnect();
      state.entryFailed(cannotConnect);
    }
  }
}
