package dev.relay.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the server listens and what it allows. Immutable.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0: any free one
 * @param publicUrl the address that people see, without a path; empty: {@code http://host:port}
 * @param trustedProxies the addresses of reverse proxies whose {@code X-Forwarded-For} is believed; else it is ignored
 * @param embeddingOrigins the origins whose pages may show the web chat in a frame, besides Relay's own; {@code *}: all
 * @param stopTimeout how long requests in flight may take when the server stops
 * @param limits how often strangers may try
 */
public record HttpSettings(
    String host,
    int port,
    Optional<URI> publicUrl,
    Set<String> trustedProxies,
    List<String> embeddingOrigins,
    Duration stopTimeout,
    AccessLimits limits) {
  /** On 127.0.0.1:8080, for nobody else, with 10 seconds to stop. */
  public static final HttpSettings DEFAULT = new HttpSettings(
      "127.0.0.1",
      8080,
      Optional.empty(),
      Set.of(),
      List.of(),
      Duration.ofSeconds(10),
      AccessLimits.DEFAULT);

  /** Copies the collections; refuses a port outside 0 to 65535. */
  public HttpSettings {
    trustedProxies = Set.copyOf(trustedProxies);
    embeddingOrigins = List.copyOf(embeddingOrigins);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
  }

  /** The same, listening there. */
  public HttpSettings listeningOn(String newHost, int newPort) {
    return new HttpSettings(
        newHost, newPort, publicUrl, trustedProxies, embeddingOrigins, stopTimeout, limits);
  }

  /** The same, seen by people at that address. */
  public HttpSettings seenAt(URI newPublicUrl) {
    return new HttpSettings(
        host,
        port,
        Optional.of(newPublicUrl),
        trustedProxies,
        embeddingOrigins,
        stopTimeout,
        limits);
  }

  /** The same, believing these proxies. */
  public HttpSettings trusting(Set<String> newTrustedProxies) {
    return new HttpSettings(
        host, port, publicUrl, newTrustedProxies, embeddingOrigins, stopTimeout, limits);
  }

  /** The same, with the web chat in frames of these origins. */
  public HttpSettings embeddedIn(List<String> newEmbeddingOrigins) {
    return new HttpSettings(
        host, port, publicUrl, trustedProxies, newEmbeddingOrigins, stopTimeout, limits);
  }

  /** The same, with that time to stop. */
  public HttpSettings stoppingWithin(Duration newStopTimeout) {
    return new HttpSettings(
        host, port, publicUrl, trustedProxies, embeddingOrigins, newStopTimeout, limits);
  }

  /** The same, with these limits for strangers. */
  public HttpSettings withLimits(AccessLimits newLimits) {
    return new HttpSettings(
        host, port, publicUrl, trustedProxies, embeddingOrigins, stopTimeout, newLimits);
  }
}
