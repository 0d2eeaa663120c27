package dev.relay.http;

import java.net.URI;
import java.util.Optional;

/** The address at which people see Relay. Thread-safe. */
final class PublicAddress {
  private final Optional<URI> configured;
  private final String host;
  private volatile int port;

  PublicAddress(HttpSettings settings) {
    this.configured = settings.publicUrl();
    this.host = settings.host();
    this.port = settings.port();
  }

  /** Sets the port that the server listens on, which may not be the configured one. */
  void listeningOn(int newPort) {
    port = newPort;
  }

  /** Returns the address without a slash at the end. */
  String url() {
    return configured
        .map(url -> url.toString().replaceFirst("/+$", ""))
        .orElseGet(() -> "http://" + shownHost() + ":" + port);
  }

  boolean isHttps() {
    return configured.filter(url -> "https".equalsIgnoreCase(url.getScheme())).isPresent();
  }

  private String shownHost() {
    if (host.equals("0.0.0.0") || host.equals("::")) {
      return "localhost";
    }
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }
}
