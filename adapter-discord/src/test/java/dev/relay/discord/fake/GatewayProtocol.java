package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of the gateway: HELLO, READY, events, RESUME with replay, close codes; and the failures that {@link Gateway} sets. Guarded
 * by the world's lock.
 */
final class GatewayProtocol implements World.EventSink {
  private static final int OP_HEARTBEAT = 1;
  private static final int OP_IDENTIFY = 2;
  private static final int OP_PRESENCE = 3;
  private static final int OP_RESUME = 6;
  private static final int OP_REQUEST_MEMBERS = 8;
  static final int OP_INVALID_SESSION = 9;
  /** The sessions that Discord allows a bot per day. */
  static final int SESSIONS_A_DAY = 1_000;

  private static final int OP_HELLO = 10;
  private static final int OP_HEARTBEAT_ACK = 11;
  private static final int AUTHENTICATION_FAILED = 4004;
  private static final int DISALLOWED_INTENTS = 4014;
  private static final int NOT_AUTHENTICATED = 4003;
  private static final int DECODE_ERROR = 4002;
  private static final int UNKNOWN_OPCODE = 4001;
  private static final int NORMAL_CLOSURE = 1000;
  private static final int GOING_AWAY = 1001;

  final Map<String, GatewaySession> sessions = new LinkedHashMap<>();
  final Set<GatewayConnection> connections = new LinkedHashSet<>();
  Duration heartbeatInterval = Duration.ofMillis(41_250);
  boolean acknowledgesHeartbeats = true;
  boolean holdsBack;
  boolean dropsWhatConnects;
  boolean losesEvents;
  boolean refusesPrivilegedIntents;
  boolean refusesToken;
  double dropProbability;

  @Nullable
  Random chance;

  int identifies;
  int sessionsLeft = SESSIONS_A_DAY;
  int resumes;
  int opened;
  int heartbeats;
  private final String token;
  private final Consumer<String> complaints;
  private @Nullable World world;
  private String address = "";

  GatewayProtocol(String token, Consumer<String> complaints) {
    this.token = token;
    this.complaints = complaints;
  }

  void serves(World served, String at) {
    world = served;
    address = at;
  }

  @Override
  public void send(String type, ObjectNode data, long intents) {
    synchronized (world()) {
      if (losesEvents) {
        return;
      }
      for (GatewaySession session : sessions.values()) {
        if (session.wants(intents)) {
          dropPerhaps(session);
          session.dispatch(type, data, holdsBack);
        }
      }
    }
  }

  void opened(GatewayConnection connection, String resource) {
    synchronized (world()) {
      opened++;
      connections.add(connection);
      if (!resource.contains("v=10") || !resource.contains("encoding=json")) {
        complain("gateway opened with " + resource + ", wanted v=10 and encoding=json");
      }
      if (dropsWhatConnects) {
        connection.drop();
        return;
      }
      ObjectNode hello = Json.object().put("op", OP_HELLO);
      hello.putObject("d").put("heartbeat_interval", heartbeatInterval.toMillis());
      connection.send(hello);
    }
  }

  void closed(GatewayConnection connection, int code, boolean remote) {
    synchronized (world()) {
      connections.remove(connection);
      connection.ended();
      GatewaySession session = sessionOf(connection);
      if (session != null) {
        session.disconnected();
        if (remote && (code == NORMAL_CLOSURE || code == GOING_AWAY)) {
          sessions.remove(session.id);
        }
      }
    }
  }

  void received(GatewayConnection connection, String text) {
    synchronized (world()) {
      JsonNode payload = Json.parse(text);
      JsonNode data = payload.path("d");
      switch (payload.path("op").asInt(-1)) {
        case OP_HEARTBEAT -> {
          heartbeats++;
          if (acknowledgesHeartbeats) {
            connection.send(Json.object().put("op", OP_HEARTBEAT_ACK));
          }
        }
        case OP_IDENTIFY -> identify(connection, data);
        case OP_RESUME -> resume(connection, data);
        case OP_PRESENCE, OP_REQUEST_MEMBERS -> {
          if (sessionOf(connection) == null) {
            connection.close(NOT_AUTHENTICATED, "Not authenticated.");
          }
        }
        case -1 -> refuse(connection, DECODE_ERROR, "Error while decoding payload.", text);
        default -> refuse(connection, UNKNOWN_OPCODE, "Unknown opcode.", text);
      }
    }
  }

  void complain(String what) {
    complaints.accept("gateway: " + what);
  }

  private void refuse(GatewayConnection connection, int code, String reason, String text) {
    complain(reason + " " + text);
    connection.close(code, reason);
  }

  private void identify(GatewayConnection connection, JsonNode data) {
    for (String field : new String[] {"token", "properties", "intents"}) {
      if (!data.has(field)) {
        complain("IDENTIFY without " + field);
      }
    }
    long intents = data.path("intents").asLong();
    if (refusesToken || !token.equals(data.path("token").asText())) {
      connection.close(AUTHENTICATION_FAILED, "Authentication failed.");
      return;
    }
    if (refusesPrivilegedIntents && (intents & Intents.PRIVILEGED) != 0) {
      connection.close(DISALLOWED_INTENTS, "Disallowed intent(s).");
      return;
    }
    identifies++;
    sessionsLeft--;
    String id = "session-" + world().snowflakes.next();
    GatewaySession session = new GatewaySession(id, intents, world().bot.id(), connection);
    sessions.put(id, session);
    session.dispatch("READY", ready(id), false);
    if (session.wants(Intents.GUILDS)) {
      for (FakeGuild guild : world().guilds.values()) {
        session.dispatch("GUILD_CREATE", guild.json(world()), false);
      }
    }
  }

  private ObjectNode ready(String sessionId) {
    ObjectNode ready =
        Json.object().put("v", 10).put("session_id", sessionId).put("resume_gateway_url", address);
    ready.set(
        "user",
        world().bot.json().put("verified", true).put("mfa_enabled", false).putNull("email"));
    ready.putArray("private_channels");
    ArrayNode guilds = ready.putArray("guilds");
    world()
        .guilds
        .keySet()
        .forEach(id -> guilds.addObject().put("id", Long.toString(id)).put("unavailable", true));
    ready.putObject("application").put("id", Long.toString(world().bot.id())).put("flags", 0);
    ready.putArray("shard").add(0).add(1);
    return ready;
  }

  private void resume(GatewayConnection connection, JsonNode data) {
    GatewaySession session = sessions.get(data.path("session_id").asText());
    if (session == null || data.path("seq").asInt() > session.lastNumber()) {
      connection.send(Json.object().put("op", OP_INVALID_SESSION).put("d", false));
      return;
    }
    resumes++;
    session.resume(connection, data.path("seq").asInt());
    session.dispatch("RESUMED", Json.object(), false);
  }

  private void dropPerhaps(GatewaySession session) {
    GatewayConnection connection = session.connection();
    if (connection != null && chance != null && chance.nextDouble() < dropProbability) {
      session.disconnected();
      connection.drop();
    }
  }

  private @Nullable GatewaySession sessionOf(GatewayConnection connection) {
    return sessions.values().stream()
        .filter(session -> session.connection() == connection)
        .findFirst()
        .orElse(null);
  }

  World world() {
    if (world == null) {
      throw new IllegalStateException("not started");
    }
    return world;
  }
}
