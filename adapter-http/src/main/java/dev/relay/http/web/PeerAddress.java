package dev.relay.http.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Determines the address a request came from, as far as it can be trusted. Thread-safe. */
public final class PeerAddress {
  private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
  private static final int IPV6_NETWORK_BYTES = 8;

  private final Set<String> trustedProxies;

  public PeerAddress(Set<String> trustedProxies) {
    this.trustedProxies = trustedProxies;
  }

  /**
   * Returns the key under which attempts are counted. Only a trusted proxy's header is read, from the right, up to the first
   * address that is not a trusted proxy. An IPv6 address counts with its whole /64 network, which usually belongs to one
   * customer.
   *
   * @param socketPeer the address at the other end of the connection
   * @param forwardedFor the values of X-Forwarded-For
   */
  public String key(String socketPeer, List<String> forwardedFor) {
    String peer = strip(socketPeer);
    if (trustedProxies.contains(peer) && !forwardedFor.isEmpty()) {
      String[] hops = String.join(",", forwardedFor).split(",", -1);
      for (int i = hops.length - 1; i >= 0; i--) {
        String hop = strip(hops[i].strip());
        if (!LITERAL.matcher(hop).matches()) {
          break;
        }
        peer = hop;
        if (!trustedProxies.contains(hop)) {
          break;
        }
      }
    }
    return peer.indexOf(':') < 0 ? peer : network(peer);
  }

  /** Checks whether the other end of a connection is a trusted proxy. */
  public boolean isTrusted(String socketPeer) {
    return trustedProxies.contains(strip(socketPeer));
  }

  static boolean isLoopback(String key) {
    return key.startsWith("127.") || key.equals("0000000000000000/64");
  }

  private static String network(String ipv6) {
    try {
      byte[] bytes = InetAddress.getByName(ipv6).getAddress();
      return bytes.length <= IPV6_NETWORK_BYTES
          ? ipv6
          : HexFormat.of().formatHex(bytes, 0, IPV6_NETWORK_BYTES) + "/64";
    } catch (UnknownHostException e) {
      return ipv6;
    }
  }

  private static String strip(String address) {
    String inner = address.startsWith("[") && address.endsWith("]")
        ? address.substring(1, address.length() - 1)
        : address;
    int zone = inner.indexOf('%');
    return zone < 0 ? inner : inner.substring(0, zone);
  }
}
