package dev.relay.discord.gateway;

import java.util.Optional;
import java.util.function.Consumer;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.utils.SessionController;
import org.jspecify.annotations.Nullable;

/**
 * The door between JDA and Discord's gateway. JDA comes here whenever it wants to begin a session, and passes while the door is
 * open: requests work before, so that an instance which does not hold the gateway can send. Thread-safe.
 */
final class GatewayDoor implements SessionController {
  private static final String DISCORD = "wss://gateway.discord.gg/";

  private final String address;
  private final Consumer<Exception> failed;
  private @Nullable SessionConnectNode waiting;
  private boolean open;

  /** To that address, or to Discord's; the consumer is told where a first connection could not be made. */
  GatewayDoor(Optional<String> address, Consumer<Exception> failed) {
    this.address = address.orElse(DISCORD);
    this.failed = failed;
  }

  /** Lets JDA pass, now and later. */
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
      failed.accept(cannotConnect);
    }
  }
}
