package example.pigeon;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The HTTP API of Pigeon, as far as the channel needs it. Thread-safe. */
final class PigeonApi {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(Duration.ofSeconds(5))
      .build();
  private final URI base;

  PigeonApi(URI base) {
    this.base = base;
  }

  /** A message of a customer, one line of the answer: its number in Pigeon, chat, id, name and text, encoded as in a form. */
  record Update(long number, String chat, String id, String name, String text) {
    static Update of(String line) {
      List<String> fields = List.of(line.split("&", -1)).stream()
          .map(field -> URLDecoder.decode(field, StandardCharsets.UTF_8))
          .toList();
      return new Update(
          Long.parseLong(fields.get(0)),
          fields.get(1),
          fields.get(2),
          fields.get(3),
          fields.get(4));
    }
  }

  /** Waits for messages after that number; Pigeon answers at once if there are any, otherwise after some seconds. */
  List<Update> updatesAfter(long number) throws IOException {
    HttpResponse<String> answer = send(request("/updates?after=" + number).GET());
    if (answer.statusCode() != 200) {
      throw new IOException("status " + answer.statusCode());
    }
    return answer.body().lines().map(Update::of).toList();
  }

  /** Shows a message in a chat, unless Pigeon already has one with that key there. */
  HttpResponse<String> put(String chat, String key, String author, String text) throws IOException {
    return send(request("/chats/" + encoded(chat) + "/" + encoded(key))
        .header("Author", encoded(author))
        .PUT(BodyPublishers.ofString(text)));
  }

  /** Asks for the message with that key: status 200 or 404. */
  HttpResponse<String> get(String chat, String key) throws IOException {
    return send(request("/chats/" + encoded(chat) + "/" + encoded(key)).GET());
  }

  /** Returns the wait that an answer asks for. */
  static Optional<Duration> wait(HttpResponse<String> answer) {
    return answer.headers().firstValue("Retry-After").map(Long::valueOf).map(Duration::ofSeconds);
  }

  /** Waits before the next attempt, or until the thread is interrupted. */
  void pause(Duration pause) {
    LockSupport.parkNanos(pause.toNanos());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped");
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
