package dev.relay.app.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A web site of another origin that embeds the chat. Its security policy forbids inline styles and scripts and allows Relay's address in
 * script-src and frame-src only. The path after {@code /as/} names the customer who has signed in there.
 */
final class Site implements AutoCloseable {
  static final String KEY = "the key of the shop in these tests, long enough";

  private static final String SIGNED_IN = "/as/";

  private final HttpServer server;
  private volatile String relay = "";

  private Site(HttpServer server) {
    this.server = server;
  }

  static Site open() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      Site site = new Site(server);
      server.createContext("/", site::answer);
      server.start();
      return site;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Embeds the chat of that Relay from now on. */
  void embed(String address) {
    relay = address;
  }

  /** Returns the address of the site for a customer who has signed in there. */
  String addressFor(String customer) {
    return address() + SIGNED_IN + customer;
  }

  /** Returns a token that the site signs for a customer. */
  static String token(String customer, Instant expires) {
    String payload = "{\"sub\":\"" + customer + "\",\"exp\":" + expires.getEpochSecond()
        + ",\"name\":\"" + customer + " of the shop\",\"email\":\"" + customer
        + "@shop.example\",\"attributes\":{\"plan\":\"gold\",\"vip\":true}}";
    return signed(payload, KEY);
  }

  static String signed(String payload, String key) {
    try {
      String text = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64(payload);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String identity = path.startsWith(SIGNED_IN)
        ? " data-identity='"
            + token(path.substring(SIGNED_IN.length()), Instant.now().plusSeconds(600)) + "'"
        : "";
    byte[] page = ("<!doctype html><html lang=en><meta charset=utf-8><title>A shop</title>"
            + "<link rel=icon href='data:,'><h1>A shop</h1><p>It sells things.</p>"
            + "<script src='" + relay + "/embed.js' async" + identity + "></script></html>")
        .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/html");
    exchange
        .getResponseHeaders()
        .add(
            "Content-Security-Policy",
            "default-src 'self'; img-src data:; script-src " + relay + "; frame-src " + relay);
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
