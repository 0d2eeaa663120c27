package dev.relay.app.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The addresses at which Relay listens and is reached.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0: any free one
 * @param publicUrl the address at which customers and agents reach Relay; empty: {@code http://host:port}
 * @param trustedProxies the proxies whose X-Forwarded-For header is trusted
 * @param embedOrigins the web sites that may embed the web chat in a frame
 */
public record ListenSettings(
    String host,
    int port,
    Optional<URI> publicUrl,
    List<String> trustedProxies,
    List<URI> embedOrigins) {
  /** Copies the lists, so that the settings cannot change. */
  public ListenSettings {
    trustedProxies = List.copyOf(trustedProxies);
    embedOrigins = List.copyOf(embedOrigins);
  }

  /** Returns the address at which customers and agents reach Relay, given the port that it actually listens on. */
  public URI publicUrl(int realPort) {
    String shownHost = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return publicUrl.orElseGet(() -> URI.create("http://" + shownHost + ":" + realPort));
  }
}
