package dev.relay.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.relay.twilio.account.WebhookRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.ToIntFunction;

/** Receives webhooks on loopback and answers with the status that the handler returns. */
final class WebhookServer implements AutoCloseable {
  private final HttpServer server;

  /** Creates a server on any free port that does not listen yet. */
  WebhookServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Listens from now on, on those threads. */
  void open(Executor threads, ToIntFunction<WebhookRequest> hear) {
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, hear));
    server.start();
  }

  private static void answer(HttpExchange exchange, ToIntFunction<WebhookRequest> hear)
      throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Map<String, List<String>> headers = new TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
      int status =
          hear.applyAsInt(new WebhookRequest(exchange.getRequestURI().toString(), headers, body));
      exchange.sendResponseHeaders(status, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
