package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session of the gateway: outlives its connection and remembers its events for a RESUME. Guarded by the world's lock. */
final class GatewaySession {
  final String id;
  private final long intents;
  private final String botId;
  private final List<ObjectNode> events = new ArrayList<>();
  private @Nullable GatewayConnection connection;
  private int sent;

  GatewaySession(String id, long intents, long bot, GatewayConnection connection) {
    this.id = id;
    this.intents = intents;
    this.botId = Long.toString(bot);
    this.connection = connection;
  }

  @Nullable
  GatewayConnection connection() {
    return connection;
  }

  void disconnected() {
    connection = null;
  }

  boolean wants(long wanted) {
    return wanted == Intents.ANY || (intents & wanted) != 0;
  }

  /** Numbers the event, stores it for a replay, and sends it if a client is connected and events are not held back. */
  void dispatch(String type, ObjectNode data, boolean heldBack) {
    ObjectNode event = Json.object().put("op", 0).put("s", events.size() + 1).put("t", type);
    event.set("d", mayReadContent(data) ? data : withoutContent(data));
    events.add(event);
    if (!heldBack) {
      sendWaiting();
    }
  }

  /** Sends the events that were held back or not sent yet. */
  void sendWaiting() {
    while (connection != null && sent < events.size()) {
      ObjectNode event = events.get(sent);
      sent++;
      connection.send(event);
    }
  }

  /** Continues on a new connection with all events after the one the client saw last. */
  void resume(GatewayConnection next, int seen) {
    connection = next;
    sent = Math.min(seen, events.size());
    sendWaiting();
  }

  /** Sends the last so many events once more. */
  void repeat(int count) {
    if (connection != null) {
      events.subList(Math.max(0, sent - count), sent).forEach(connection::send);
    }
  }

  int lastNumber() {
    return events.size();
  }

  /** Removes the content of messages by others in guilds for clients without the message-content intent, unless the bot is mentioned. */
  private boolean mayReadContent(ObjectNode data) {
    if (!data.has("content") || !data.has("guild_id") || wants(Intents.MESSAGE_CONTENT)) {
      return true;
    }
    return data.path("author").path("id").asText().equals(botId)
        || data.path("content").asText().contains("<@" + botId + ">");
  }

  private static ObjectNode withoutContent(ObjectNode data) {
    ObjectNode copy = data.deepCopy();
    copy.put("content", "");
    copy.putArray("attachments");
    copy.putArray("embeds");
    copy.putArray("components");
    return copy;
  }
}
