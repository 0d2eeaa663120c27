package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;

/** The gateway as driven by a test: failures of its connections, and counts of the clients' actions. Thread-safe. */
public final class Gateway {
  private static final int OP_RECONNECT = 7;

  private final GatewayProtocol protocol;

  Gateway(GatewayProtocol protocol) {
    this.protocol = protocol;
  }

  /** Breaks all connections without a close frame; the sessions can be resumed. */
  public void drops() {
    locked(() -> List.copyOf(protocol.connections).forEach(GatewayConnection::drop));
  }

  /** Closes all connections with that code, such as 4000 (unknown error) or 4009 (session timed out). */
  public void closes(int code, String reason) {
    locked(() ->
        List.copyOf(protocol.connections).forEach(connection -> connection.close(code, reason)));
  }

  /** Asks all clients to reconnect and resume (op 7). */
  public void asksToReconnect() {
    sendToAll(Json.object().put("op", OP_RECONNECT));
  }

  /** Notifies all clients that their session is invalid (op 9); a session that cannot be resumed is forgotten. */
  public void invalidatesSessions(boolean resumable) {
    locked(() -> {
      if (!resumable) {
        protocol.sessions.clear();
      }
      sendToAll(Json.object().put("op", GatewayProtocol.OP_INVALID_SESSION).put("d", resumable));
    });
  }

  /** Forgets all sessions and breaks the connections: the next RESUME is answered by op 9. */
  public void forgetsSessions() {
    locked(() -> {
      protocol.sessions.clear();
      drops();
    });
  }

  /** Sets whether heartbeats are answered; a client without answers must treat the connection as dead. */
  public void acknowledgesHeartbeats(boolean does) {
    locked(() -> protocol.acknowledgesHeartbeats = does);
  }

  /** Sets the heartbeat interval of clients that connect later. Default: 41.25 s, as in Discord. */
  public void wantsHeartbeatsEvery(Duration interval) {
    locked(() -> protocol.heartbeatInterval = interval);
  }

  /** Holds events back until {@link #releases()}. */
  public void holdsBack() {
    locked(() -> protocol.holdsBack = true);
  }

  /** Sends the held events, and no longer holds events back. */
  public void releases() {
    locked(() -> {
      protocol.holdsBack = false;
      protocol.sessions.values().forEach(GatewaySession::sendWaiting);
    });
  }

  /** Sets whether events are lost permanently (not even replayed); the channels' history keeps the messages. */
  public void losesEvents(boolean does) {
    locked(() -> protocol.losesEvents = does);
  }

  /** Sets whether each connection is accepted and dropped at once; sessions stay resumable. */
  public void acceptsAndDrops(boolean does) {
    locked(() -> protocol.dropsWhatConnects = does);
  }

  /** Sets whether the privileged intents are refused with close code 4014. */
  public void refusesPrivilegedIntents(boolean does) {
    locked(() -> protocol.refusesPrivilegedIntents = does);
  }

  /** Sets whether every token is refused with close code 4004. */
  public void refusesToken(boolean does) {
    locked(() -> protocol.refusesToken = does);
  }

  /** Sets whether messages in guilds arrive without their content: the bot's access to it has lapsed. */
  public void withholdsContent(boolean does) {
    locked(() -> protocol.world().withholdsContent = does);
  }

  /** Breaks the connection before an event with that probability (0 to 1); the event comes with the RESUME. */
  public void dropsAtRandom(Random random, double probability) {
    locked(() -> {
      protocol.chance = random;
      protocol.dropProbability = probability;
    });
  }

  /** Sends the last so many events of each session once more, as if they had been replayed needlessly. */
  public void repeatsLastEvents(int count) {
    locked(() -> protocol.sessions.values().forEach(session -> session.repeat(count)));
  }

  /** Sets how many sessions Discord allows until the end of its day, counting those of other processes. */
  public void leavesSessions(int count) {
    locked(() -> protocol.sessionsLeft = count);
  }

  /** Returns the number of sessions begun since the start. */
  public int identifies() {
    return count(() -> protocol.identifies);
  }

  /** Returns the number of sessions resumed since the start. */
  public int resumes() {
    return count(() -> protocol.resumes);
  }

  /** Returns the number of connections opened since the start. */
  public int connectionsOpened() {
    return count(() -> protocol.opened);
  }

  /** Returns the number of heartbeats received since the start. */
  public int heartbeats() {
    return count(() -> protocol.heartbeats);
  }

  /** Checks whether a client with a session is connected. */
  public boolean isConnected() {
    synchronized (protocol.world()) {
      return protocol.sessions.values().stream().anyMatch(session -> session.connection() != null);
    }
  }

  private void sendToAll(ObjectNode payload) {
    locked(() -> protocol.connections.forEach(connection -> connection.send(payload)));
  }

  private void locked(Runnable action) {
    synchronized (protocol.world()) {
      action.run();
    }
  }

  private int count(IntSupplier number) {
    synchronized (protocol.world()) {
      return number.getAsInt();
    }
  }
}
