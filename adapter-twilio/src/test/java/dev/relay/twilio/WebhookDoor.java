package dev.relay.twilio;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.relay.twilio.account.WebhookAnswer;
import dev.relay.twilio.account.WebhookObserver;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Receives webhooks on loopback in place of Relay's web server, and gives them to the Relay that is open. */
public final class WebhookDoor implements AutoCloseable {
  private final List<TwilioWebhooks> relays = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  WebhookDoor() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI publicUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void leadsTo(TwilioWebhooks webhooks) {
    relays.add(webhooks);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Map<String, List<String>> headers = new TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
      WebhookRequest webhook =
          new WebhookRequest(exchange.getRequestURI().toString(), headers, body);
      WebhookAnswer answer = WebhookAnswer.of(WebhookObserver.Outcome.UNAVAILABLE);
      for (TwilioWebhooks webhooks : relays) {
        answer = webhooks.receive(webhook).join();
        if (answer.status() != 503) {
          break;
        }
      }
      byte[] json = answer.json().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), json.length == 0 ? -1 : json.length);
      if (json.length > 0) {
        exchange.getResponseBody().write(json);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
