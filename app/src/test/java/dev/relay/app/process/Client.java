package dev.relay.app.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** An HTTP client of Relay. It asks for the address before each request, because the address changes with a restart. */
final class Client {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient http;
  private final Supplier<URI> url;
  private final Map<String, String> headers;

  private Client(HttpClient http, Supplier<URI> url, Map<String, String> headers) {
    this.http = http;
    this.url = url;
    this.headers = headers;
  }

  static Client stranger(Supplier<URI> url) {
    HttpClient http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(TIMEOUT)
        .build();
    return new Client(http, url, Map.of());
  }

  /** Returns a customer with a new chat session. */
  static Client customer(Supplier<URI> url, String name) {
    Answer opened = stranger(url)
        .send("POST", "/api/v1/chat/sessions", Map.of("displayName", name, "locale", "en"));
    return stranger(url).with("Authorization", "Bearer " + opened.text("token", 201));
  }

  /** Returns an agent who has logged in. */
  static Client agent(Supplier<URI> url, String name, String password) {
    Client stranger = stranger(url);
    HttpResponse<String> answer = stranger.exchange(stranger.request(
        "POST", "/api/v1/agents/login", Map.of("username", name, "password", password)));
    String cookie = answer
        .headers()
        .firstValue("Set-Cookie")
        .orElseThrow(() -> new AssertionError("no cookie: " + answer.body()));
    return stranger
        .with("Cookie", cookie.substring(0, cookie.indexOf(';')))
        .with(
            "X-CSRF-Token", new Answer(answer.statusCode(), answer.body()).text("csrfToken", 200));
  }

  Answer say(String text, String clientMessageId) {
    return send(
        "POST", "/api/v1/chat/messages", Map.of("text", text, "clientMessageId", clientMessageId));
  }

  Answer press(String action, String clientMessageId) {
    return send(
        "POST",
        "/api/v1/chat/actions",
        Map.of("action", action, "clientMessageId", clientMessageId));
  }

  Answer get(String path) {
    HttpResponse<String> answer = exchange(builder(path).GET().timeout(TIMEOUT).build());
    return new Answer(answer.statusCode(), answer.body());
  }

  Answer send(String method, String path, Map<String, ?> body) {
    HttpResponse<String> answer = exchange(request(method, path, body));
    return new Answer(answer.statusCode(), answer.body());
  }

  HttpClient http() {
    return http;
  }

  HttpRequest.Builder builder(String path) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url.get() + path));
    headers.forEach(builder::header);
    return builder;
  }

  private Client with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Client(http, url, more);
  }

  private HttpRequest request(String method, String path, Map<String, ?> body) {
    try {
      return builder(path)
          .header("Content-Type", "application/json")
          .timeout(TIMEOUT)
          .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
          .build();
    } catch (IOException e) {
      throw new Unreachable(e);
    }
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new Unreachable(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** A response of Relay. */
  record Answer(int status, String body) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + status + " " + body, e);
      }
    }

    String text(String field, int expectedStatus) {
      if (status != expectedStatus || !json().hasNonNull(field)) {
        throw new AssertionError(
            "expected " + expectedStatus + " with " + field + ", got " + status + " " + body);
      }
      return json().get(field).asText();
    }
  }

  /** Relay could not be reached, or ended before it responded: the request may or may not have taken effect. */
  static final class Unreachable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unreachable(IOException cause) {
      super(cause);
    }
  }
}
