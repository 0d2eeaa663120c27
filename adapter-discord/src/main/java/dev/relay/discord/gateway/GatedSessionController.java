package dev.relay.discord.gateway;

import java.util.Optional;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.utils.SessionController;
import org.jspecify.annotations.Nullable;

/**
 * A session controller that keeps JDA out of Discord's gateway until it is opened. JDA asks it before every session. Requests work
 * before that, so that an instance that does not hold the gateway can still send. Thread-safe.
 */
final class GatedSessionController implements SessionController {
  private static final String DISCORD = "wss://gateway.discord.gg/";

  private final String address;
  private final ConnectionState state;
  private @Nullable SessionConnectNode waiting;
  private boolean open;

  /**
   * Creates a closed gate.
   *
   * @param address the address of the gateway; Discord's if empty
   * @param state records that a first connection failed
   */
  GatedSessionController(Optional<String> address, ConnectionState state) {
    this.address = address.orElse(DISCORD);
    this.state = state;
  }

  /** Lets JDA enter the gateway from now on. */
  synchronized void open() {
    open = true;
    pass();
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
      node.run(true);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException cannotConnect) {
      state.entryFailed(cannotConnect);
    }
  }
}
