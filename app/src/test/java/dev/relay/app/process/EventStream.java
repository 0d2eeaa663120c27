package dev.relay.app.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.relay.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The event stream of one client: keeps all events, and continues after a restart where it stopped. */
final class EventStream implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Client client;
  private final String path;
  private final List<Event> events = new ArrayList<>();
  private String lastId = "";
  private @Nullable Stream<String> lines;

  private EventStream(Client client, String path) {
    this.client = client;
    this.path = path;
  }

  static EventStream open(Client client, String path) {
    EventStream stream = new EventStream(client, path);
    stream.connect();
    return stream;
  }

  /** An event of the stream. */
  record Event(String name, String id, JsonNode data) {
    String text() {
      return data.path("text").asText();
    }

    String author() {
      return data.path("author").asText();
    }
  }

  /** Connects, also again after a restart, from the last received id. */
  void connect() {
    HttpRequest.Builder request =
        client.builder(path).header("Accept", "text/event-stream").GET();
    String last = last();
    if (!last.isEmpty()) {
      request.header("Last-Event-ID", last);
    }
    try {
      HttpResponse<Stream<String>> answer =
          client.http().send(request.build(), BodyHandlers.ofLines());
      if (answer.statusCode() != 200) {
        throw new AssertionError("no event stream: " + answer.statusCode());
      }
      Stream<String> newLines = answer.body();
      lines = newLines;
      Thread reader = new Thread(() -> read(newLines), "events of " + path);
      reader.setDaemon(true);
      reader.start();
    } catch (IOException e) {
      throw new Client.Unreachable(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  synchronized List<Event> events() {
    return List.copyOf(events);
  }

  List<Event> messages() {
    return events().stream().filter(event -> event.name().equals("message")).toList();
  }

  Event await(String what, Predicate<Event> wanted) {
    Eventually.holds(() -> what + " among " + events(), () -> events().stream().anyMatch(wanted));
    return events().stream().filter(wanted).findFirst().orElseThrow();
  }

  Event awaitMessage(Predicate<Event> wanted) {
    return await("a message", event -> event.name().equals("message") && wanted.test(event));
  }

  @Override
  public void close() {
    Stream<String> open = lines;
    if (open != null) {
      open.close();
    }
  }

  private synchronized String last() {
    return lastId;
  }

  private void read(Stream<String> from) {
    Draft draft = new Draft();
    try (from) {
      from.forEach(line -> {
        if (line.isEmpty()) {
          draft.end().ifPresent(this::add);
        } else {
          draft.line(line);
        }
      });
    } catch (UncheckedIOException e) {
      draft.end();
    }
  }

  private synchronized void add(Event event) {
    events.add(event);
    if (!event.id().isEmpty()) {
      lastId = event.id();
    }
  }

  private static final class Draft {
    private String name = "message";
    private String id = "";
    private final StringBuilder data = new StringBuilder();

    void line(String line) {
      if (line.startsWith("event:")) {
        name = line.substring(6).strip();
      } else if (line.startsWith("id:")) {
        id = line.substring(3).strip();
      } else if (line.startsWith("data:")) {
        data.append(line.substring(5).strip());
      }
    }

    Optional<Event> end() {
      Optional<Event> event = data.length() == 0
          ? Optional.empty()
          : Optional.of(new Event(name, id, parsed(data.toString())));
      name = "message";
      id = "";
      data.setLength(0);
      return event;
    }

    private static JsonNode parsed(String text) {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new AssertionError("no JSON in the event stream: " + text, e);
      }
    }
  }
}
