package dev.relay.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Reads an event stream in a thread of its own and keeps the events. */
public final class EventReader implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  /** One event; the id is empty if it had none. */
  public record Event(String name, String id, JsonNode data) {}

  private final HttpResponse<InputStream> response;
  private final List<Event> events = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private int comments;

  private EventReader(HttpResponse<InputStream> response) {
    this.response = response;
  }

  static EventReader open(HttpClient client, String url, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/event-stream");
    headers.forEach(request::header);
    try {
      EventReader reader =
          new EventReader(client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
      Thread thread = new Thread(reader::read, "event-reader");
      thread.setDaemon(true);
      thread.start();
      return reader;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  int status() {
    return response.statusCode();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** Waits for a matching event among all that have arrived. */
  public Event await(Predicate<Event> wanted) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (events) {
      while (true) {
        for (Event event : events) {
          if (wanted.test(event)) {
            return event;
          }
        }
        waitUntil(deadline, "no such event came, but " + events);
      }
    }
  }

  Event awaitMessage(String text) {
    return await(event ->
        event.name().equals("message") && event.data().get("text").textValue().contains(text));
  }

  void awaitCount(String name, int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (events) {
      while (named(name).size() < count) {
        waitUntil(deadline, "of " + name + " came " + named(name).size() + " and not " + count);
      }
    }
  }

  void awaitComments(int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (events) {
      while (comments < count) {
        waitUntil(deadline, "too few comments: " + comments);
      }
    }
  }

  void awaitEnd() {
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the stream has not ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  boolean isOpen() {
    return ended.getCount() > 0;
  }

  List<Event> all() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  List<Event> named(String name) {
    return all().stream().filter(event -> event.name().equals(name)).toList();
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void waitUntil(long deadline, String otherwise) {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      throw new AssertionError(otherwise);
    }
    try {
      events.wait(left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    String name = "";
    String id = "";
    StringBuilder data = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (data.length() > 0) {
            add(new Event(name, id, new ObjectMapper().readTree(data.toString())));
          }
          name = "";
          id = "";
          data.setLength(0);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          data.append(line.substring(6));
        } else if (line.startsWith(":")) {
          addComment();
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      // The stream was cut: it has ended, and tests need nothing else.
    } finally {
      ended.countDown();
    }
  }

  private void add(Event event) {
    synchronized (events) {
      events.add(event);
      events.notifyAll();
    }
  }

  private void addComment() {
    synchronized (events) {
      comments++;
      events.notifyAll();
    }
  }
}
