package dev.relay.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends requests with the same headers each time. Immutable, thread-safe. */
public final class Http {
  private final String base;
  private final Map<String, String> headers;
  private final HttpClient client;

  Http(String base) {
    this(
        base,
        Map.of(),
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  }

  private Http(String base, Map<String, String> headers, HttpClient client) {
    this.base = base;
    this.headers = headers;
    this.client = client;
  }

  Http header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Http(base, more, client);
  }

  Http without(String name) {
    Map<String, String> fewer = new LinkedHashMap<>(headers);
    fewer.remove(name);
    return new Http(base, fewer, client);
  }

  public Http bearer(String token) {
    return header("Authorization", "Bearer " + token);
  }

  Http cookie(String cookie) {
    return header("Cookie", cookie);
  }

  Map<String, String> headers() {
    return headers;
  }

  public Answer get(String path) {
    return send("GET", path, "application/json", new byte[0]);
  }

  public Answer post(String path, String json) {
    return send("POST", path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  Answer put(String path, String json) {
    return send("PUT", path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  Answer patch(String path, String json) {
    return send("PATCH", path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  Answer delete(String path) {
    return send("DELETE", path, "application/json", new byte[0]);
  }

  Answer send(String method, String path, String contentType, byte[] body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
        .timeout(Duration.ofSeconds(30))
        .method(
            method,
            body.length == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(body));
    if (body.length > 0) {
      request.header("Content-Type", contentType);
    }
    headers.forEach(request::header);
    try {
      Answer answer =
          new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
      String faults = OpenApi.faults(method, path, answer);
      if (!faults.isEmpty()) {
        throw new AssertionError(method + " " + path
            + " answered otherwise than openapi.yaml says: " + faults + " in " + answer.text());
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Opens an event stream. */
  public EventReader events(String path) {
    return EventReader.open(client, base + path, headers);
  }

  /** An answer. */
  public record Answer(HttpResponse<byte[]> response) {
    public int status() {
      return response.statusCode();
    }

    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      try {
        return new ObjectMapper().readTree(text());
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("no JSON: " + text(), e);
      }
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** Returns the cookie that was set, in the form in which it is sent back. */
    public String cookie() {
      return header("Set-Cookie").split(";", -1)[0];
    }
  }
}
