package dev.relay.discord.feeds;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where a feed may lead on to: web addresses, never from an encrypted one to one that is not, and never from the public network into
 * the operator's own, whose addresses a foreign site has no business with. Stateless.
 */
final class Redirects {
  /** More than that no honest site needs; browsers take 20. */
  static final int MOST = 5;

  private Redirects() {}

  /** Whether an answer of that status leads on. */
  static boolean isOne(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  /**
   * The address to which an answer leads. May ask for addresses of names.
   *
   * @param feed the address that the operator configured
   * @param from the address that answered
   * @param location what it answered, if anything
   * @throws RefusedException where that must not be followed
   */
  static URI target(URI feed, URI from, Optional<String> location) throws IOException {
    URI to;
    try {
      to = from.resolve(location.orElseThrow(() -> new RefusedException("without an address")));
    } catch (IllegalArgumentException odd) {
      throw new RefusedException("to what is no address");
    }
    boolean isEncrypted = "https".equalsIgnoreCase(to.getScheme());
    if ((!isEncrypted && !"http".equalsIgnoreCase(to.getScheme())) || to.getHost() == null) {
      throw new RefusedException("to what is no web address");
    }
    if (!isEncrypted && "https".equalsIgnoreCase(from.getScheme())) {
      throw new RefusedException("from https to http");
    }
    if (isInternal(to) && !isInternal(feed)) {
      throw new RefusedException("to an address of the operator's own network");
    }
    return to;
  }

  private static boolean isInternal(URI address) throws UnknownHostException {
    for (InetAddress one : InetAddress.getAllByName(address.getHost())) {
      if (isInternal(one)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInternal(InetAddress address) {
    byte[] bytes = address.getAddress();
    // RFC 4193 (unique local, fc00::/7) and RFC 6598 (shared by providers, 100.64.0.0/10): unknown
    // to InetAddress.
    boolean isUniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
    boolean isShared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || isUniqueLocal
        || isShared;
  }

  /** A redirect that must not be followed. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String how) {
      super("leads on " + how);
    }
  }
}
