package dev.relay.discord.feeds;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * The rules for redirects of feeds. A redirect must lead to a web address, never from https to http, and never from the public network
 * into the operator's own network. Stateless.
 */
public final class Redirects {
  /** The largest number of redirects that is followed; browsers follow 20. */
  public static final int MOST = 5;

  private Redirects() {}

  /** Checks whether a status is a redirect. */
  static boolean isOne(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  /** Checks whether a redirect is meant for good. */
  static boolean isPermanent(int status) {
    return status == 301 || status == 308;
  }

  /**
   * Returns the target of a redirect. May resolve host names.
   *
   * @param feed the address that the operator configured
   * @param from the address that answered
   * @param location the {@code Location} header, if any
   * @throws RefusedException if the redirect must not be followed
   */
  static URI target(URI feed, URI from, Optional<String> location) throws IOException {
    URI to;
    try {
      to = from.resolve(location.orElseThrow(() -> new RefusedException("without an address")));
    } catch (IllegalArgumentException odd) {
      throw new RefusedException("to something that is not an address");
    }
    boolean isEncrypted = "https".equalsIgnoreCase(to.getScheme());
    if ((!isEncrypted && !"http".equalsIgnoreCase(to.getScheme())) || to.getHost() == null) {
      throw new RefusedException("to something that is not a web address");
    }
    if (!isEncrypted && "https".equalsIgnoreCase(from.getScheme())) {
      throw new RefusedException("from https to http");
    }
    if (isInternal(to) && !isInternal(feed)) {
      throw new RefusedException("into the operator's own network");
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
    // InetAddress does not cover RFC 4193 (unique local, fc00::/7) and RFC 6598 (shared by
    // providers, 100.64.0.0/10).
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
      super("redirects " + how);
    }
  }
}
