package dev.relay.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the server listens and what it allows. Immutable.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 picks a free one
 * @param publicUrl the address that people see, without a path; empty: {@code http://host:port}
 * @param trustedProxies the addresses of reverse proxies whose {@code X-Forwarded-For} is trusted; others' is ignored
 * @param embeddingOrigins the origins whose pages may show the web chat in a frame, besides Relay's own; {@code *}: all
 * @param stopTimeout the time for requests in flight when the server stops
 * @param limits the limits on what strangers may try
 * @param chat the web chat
 */
public record HttpSettings(
    String host,
    int port,
    Optional<URI> publicUrl,
    Set<String> trustedProxies,
    List<String> embeddingOrigins,
    Duration stopTimeout,
    AccessLimits limits,
    ChatSettings chat) {
  /** Listens on 127.0.0.1:8080, trusts no proxies, and stops within 10 seconds. */
  public static final HttpSettings DEFAULT = new HttpSettings(
      "127.0.0.1",
      8080,
      Optional.empty(),
      Set.of(),
      List.of(),
      Duration.ofSeconds(10),
      AccessLimits.DEFAULT,
      ChatSettings.DEFAULT);

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if the port is not 0 to 65535
   */
  public HttpSettings {
    trustedProxies = Set.copyOf(trustedProxies);
    embeddingOrigins = List.copyOf(embeddingOrigins);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("the port must be 0 to 65535, not " + port);
    }
  }

  /** Returns a copy that listens on that address and port. */
  public HttpSettings listeningOn(String newHost, int newPort) {
    return new HttpSettings(
        newHost, newPort, publicUrl, trustedProxies, embeddingOrigins, stopTimeout, limits, chat);
  }

  /** Returns a copy with that public address. */
  public HttpSettings seenAt(URI newPublicUrl) {
    return new HttpSettings(
        host,
        port,
        Optional.of(newPublicUrl),
        trustedProxies,
        embeddingOrigins,
        stopTimeout,
        limits,
        chat);
  }

  /** Returns a copy that trusts these proxies. */
  public HttpSettings trusting(Set<String> newTrustedProxies) {
    return new HttpSettings(
        host, port, publicUrl, newTrustedProxies, embeddingOrigins, stopTimeout, limits, chat);
  }

  /** Returns a copy that lets pages of these origins show the web chat in a frame. */
  public HttpSettings embeddedIn(List<String> newEmbeddingOrigins) {
    return new HttpSettings(
        host, port, publicUrl, trustedProxies, newEmbeddingOrigins, stopTimeout, limits, chat);
  }

  /** Returns a copy with that time to stop. */
  public HttpSettings stoppingWithin(Duration newStopTimeout) {
    return new HttpSettings(
        host, port, publicUrl, trustedProxies, embeddingOrigins, newStopTimeout, limits, chat);
  }

  /** Returns a copy with these limits for strangers. */
  public HttpSettings withLimits(AccessLimits newLimits) {
    return new HttpSettings(
        host, port, publicUrl, trustedProxies, embeddingOrigins, stopTimeout, newLimits, chat);
  }

  /** Returns a copy with that web chat. */
  public HttpSettings withChat(ChatSettings newChat) {
    return new HttpSettings(
        host, port, publicUrl, trustedProxies, embeddingOrigins, stopTimeout, limits, newChat);
  }
}
