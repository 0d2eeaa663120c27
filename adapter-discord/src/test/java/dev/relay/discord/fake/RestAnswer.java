package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer of the server: a status, a body (JSON, bytes or none) and headers beyond the usual ones. */
final class RestAnswer {
  private final int status;
  private final byte[] body;
  private final Map<String, String> headers;

  RestAnswer(int status, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }

  RestAnswer(int status, @Nullable JsonNode body) {
    this(
        status,
        body == null ? new byte[0] : Json.bytes(body),
        Map.of("Content-Type", "application/json"));
  }

  int status() {
    return status;
  }

  byte[] body() {
    return body;
  }

  Map<String, String> headers() {
    return headers;
  }

  static RestAnswer ok(JsonNode body) {
    return new RestAnswer(200, body);
  }

  static RestAnswer created(JsonNode body) {
    return new RestAnswer(201, body);
  }

  static RestAnswer noContent() {
    return new RestAnswer(204, (JsonNode) null);
  }

  RestAnswer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new RestAnswer(status, body, more);
  }
}
