package dev.relay.http.traffic;

import dev.relay.http.web.PeerAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Determines who sends a request that has not reached a route yet. Thread-safe. */
final class Peers {
  private static final String AGENT_TOKEN = "Bearer ra_";
  private static final String AGENT_COOKIE = "relay_session=";

  private final PeerAddress addresses;

  Peers(PeerAddress addresses) {
    this.addresses = addresses;
  }

  /** Returns the key under which the requests of an address are counted. */
  String key(Request request) {
    List<String> forwarded = request.getHeaders().getValuesList(HttpHeader.X_FORWARDED_FOR);
    return addresses.key(Request.getRemoteAddr(request), forwarded);
  }

  /** Checks whether the request claims to be a live agent's. The claim has not been verified. */
  static boolean claimsAgent(Request request) {
    String token = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    String cookies = request.getHeaders().get(HttpHeader.COOKIE);
    return (token != null && token.startsWith(AGENT_TOKEN))
        || (cookies != null && cookies.contains(AGENT_COOKIE));
  }
}
