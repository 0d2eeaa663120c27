package dev.relay.http.traffic;

import dev.relay.http.web.PeerAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Determines who sends a request that has not reached a route yet. Thread-safe. */
final class Peers {
  private static final String BEARER = "Bearer ";
  private static final String AGENT_COOKIE = "relay_session=";

  private final PeerAddress addresses;
  private final AgentTokens agents;

  Peers(PeerAddress addresses, AgentTokens agents) {
    this.addresses = addresses;
    this.agents = agents;
  }

  /** Returns the key under which the requests of an address are counted. */
  String key(Request request) {
    List<String> forwarded = request.getHeaders().getValuesList(HttpHeader.X_FORWARDED_FOR);
    return addresses.key(Request.getRemoteAddr(request), forwarded);
  }

  /**
   * Checks whether the request is a live agent's whose token was verified recently. An agent's first request, and whoever merely claims
   * to be an agent, counts as anybody else's.
   */
  boolean isAgent(Request request) {
    String token = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (token != null) {
      return token.startsWith(BEARER)
          && agents.isKnown(token.substring(BEARER.length()).strip());
    }
    String cookies = request.getHeaders().get(HttpHeader.COOKIE);
    int begin = cookies == null ? -1 : cookies.indexOf(AGENT_COOKIE);
    if (cookies == null || begin < 0) {
      return false;
    }
    int end = cookies.indexOf(';', begin);
    return agents.isKnown(cookies
        .substring(begin + AGENT_COOKIE.length(), end < 0 ? cookies.length() : end)
        .strip());
  }
}
