package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import org.java_websocket.WebSocket;
import org.java_websocket.exceptions.WebsocketNotConnectedException;

/** One connection of a client, which receives plain text or Discord's {@code zlib-stream} form. */
final class GatewayConnection {
  private static final int BUFFER_BYTES = 8192;
  private static final int ABNORMAL_CLOSURE = 1006;

  private final WebSocket socket;
  private final boolean compressed;
  private final Deflater deflater = new Deflater();

  GatewayConnection(WebSocket socket, boolean compressed) {
    this.socket = socket;
    this.compressed = compressed;
  }

  void send(JsonNode payload) {
    if (!socket.isOpen()) {
      return;
    }
    byte[] text = Json.bytes(payload);
    try {
      if (compressed) {
        socket.send(compress(text));
      } else {
        socket.send(new String(text, StandardCharsets.UTF_8));
      }
    } catch (WebsocketNotConnectedException closed) {
      // The client has closed the connection meanwhile; the session replays the payload.
    }
  }

  void close(int code, String reason) {
    socket.close(code, reason);
  }

  /** Ends the connection without a close frame, as a broken network does. */
  void drop() {
    socket.closeConnection(ABNORMAL_CLOSURE, "dropped");
  }

  void ended() {
    deflater.end();
  }

  /** Compresses into one stream for the whole connection, flushed after each payload, as Discord documents. */
  private byte[] compress(byte[] text) {
    deflater.setInput(text);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    int written;
    do {
      written = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
      out.write(buffer, 0, written);
    } while (written == buffer.length);
    return out.toByteArray();
  }
}
