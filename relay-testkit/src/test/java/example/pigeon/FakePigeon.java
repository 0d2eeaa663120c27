package example.pigeon;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.relay.testkit.FarSideTrouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A fake Pigeon on a port of its own, which fails on request. Thread-safe. */
final class FakePigeon implements AutoCloseable {
  private static final int LONGEST_POLL_MILLIS = 2_000;

  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
    Thread thread = new Thread(task, "fake-pigeon");
    thread.setDaemon(true);
    return thread;
  });
  private final Map<String, Map<String, String>> chats = new LinkedHashMap<>();
  private final List<String> updates = new ArrayList<>();
  private Optional<FarSideTrouble> trouble = Optional.empty();

  FakePigeon() throws IOException {
    server.createContext("/updates", this::poll);
    server.createContext("/chats/", this::chat);
    server.setExecutor(threads);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  synchronized List<String> shown(String chat) {
    return List.copyOf(chats.getOrDefault(chat, Map.of()).values());
  }

  synchronized void customerWrites(String chat, String id, String text) {
    updates.add(
        (updates.size() + 1) + "&" + encoded(chat) + "&" + encoded(id) + "&Ada&" + encoded(text));
    notifyAll();
  }

  synchronized void behave(FarSideTrouble next) {
    trouble = Optional.of(next);
    notifyAll();
  }

  synchronized void behaveWell() {
    trouble = Optional.empty();
  }

  private void poll(HttpExchange exchange) throws IOException {
    int after = Integer.parseInt(exchange.getRequestURI().getQuery().replace("after=", ""));
    String lines;
    synchronized (this) {
      long end = System.nanoTime() + LONGEST_POLL_MILLIS * 1_000_000L;
      try {
        while (updates.size() <= after && trouble.isEmpty() && System.nanoTime() < end) {
          wait(100);
        }
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
        throw new IOException("closed", closed);
      }
      lines = String.join("\n", updates.subList(Math.min(after, updates.size()), updates.size()));
    }
    answer(exchange, 200, lines);
  }

  private void chat(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int status = 200;
    synchronized (this) {
      Map<String, String> chat = chats.computeIfAbsent(path[2], first -> new LinkedHashMap<>());
      if (exchange.getRequestMethod().equals("GET")) {
        status = chat.containsKey(path[3]) ? 200 : 404;
      } else if (acts()) {
        chat.putIfAbsent(path[3], text);
      }
    }
    answer(exchange, status, "");
  }

  private boolean acts() {
    return trouble.isEmpty()
        || trouble.get() == FarSideTrouble.ANSWER_LOST
        || trouble.get() == FarSideTrouble.ANSWER_GARBLED
        || trouble.get() == FarSideTrouble.FAILS_INTERNALLY;
  }

  private synchronized Optional<FarSideTrouble> trouble() {
    return trouble;
  }

  private void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      Optional<FarSideTrouble> current = trouble();
      if (current.isEmpty()) {
        send(exchange, status, body);
        return;
      }
      switch (current.get()) {
        case UNREACHABLE, BREAKS_OFF, ANSWER_LOST -> {
          // Closed without an answer.
        }
        case ASKS_TO_WAIT -> {
          exchange.getResponseHeaders().set("Retry-After", "7");
          send(exchange, 429, "");
        }
        case REFUSES -> send(exchange, 403, "");
        case ANSWER_GARBLED -> send(exchange, 299, "?");
        case FAILS_INTERNALLY -> send(exchange, 500, "");
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
