package dev.relay.app.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where Relay listens and how it is seen.
 *
 * @param host on which address it listens
 * @param port on which port; 0: any free one
 * @param publicUrl how people reach it, where that is not {@code http://host:port}
 * @param trustedProxies whose X-Forwarded-For is believed
 * @param embedOrigins who may show the web chat in a frame
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

  /** How people reach Relay, given the port that it really listens on. */
  public URI publicUrl(int realPort) {
    String shownHost = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return publicUrl.orElseGet(() -> URI.create("http://" + shownHost + ":" + realPort));
  }
}
