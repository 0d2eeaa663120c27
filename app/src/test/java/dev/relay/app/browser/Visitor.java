package dev.relay.app.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;

/** A customer of the web chat without a browser. */
final class Visitor {
  /** One for all, because each client has threads of its own. */
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final String address;
  private final String token;

  Visitor(String address, String name) {
    this.address = address + "/api/v1/chat/";
    this.token = post("sessions", "", "{\"displayName\":\"" + name + "\",\"locale\":\"en\"}")
        .replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
  }

  /** Returns the token of the customer's session. */
  String token() {
    return token;
  }

  /** Writes a message. */
  void say(String text) {
    post("messages", token, "{\"text\":\"" + text + "\",\"clientMessageId\":\"" + id() + "\"}");
  }

  /** Asks a question and then for a live agent. */
  void ask(String question) {
    String wish = "{\"action\":\"talk_to_person\",\"clientMessageId\":\"" + id() + "\"}";
    say(question);
    post("actions", token, wish);
  }

  private static UUID id() {
    return UUID.randomUUID();
  }

  private String post(String path, String bearer, String body) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + bearer)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    try {
      HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new AssertionError(path + " answered " + answer.statusCode() + ": " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
