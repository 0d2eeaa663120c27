package dev.relay.http.web;

import io.javalin.http.Context;

/**
 * What every resource needs to read requests and write answers. Thread-safe.
 *
 * @param json writes and reads JSON
 * @param requests reads requests
 * @param answers writes answers
 * @param peers tells from where a request came
 * @param isSecure whether people see Relay under https
 */
public record Web(
    Json json, Requests requests, Answers answers, PeerAddress peers, boolean isSecure) {

  /** Whether the request was made on the machine itself, and not passed on by a proxy that says so. */
  public boolean isFromHere(Context ctx) {
    return ctx.header("X-Forwarded-For") == null
        && ctx.header("Forwarded") == null
        && PeerAddress.isLoopback(peerKey(ctx));
  }

  /** The key under which attempts from the request's address are counted. */
  public String peerKey(Context ctx) {
    return peers.key(
        ctx.req().getRemoteAddr(),
        java.util.Collections.list(ctx.req().getHeaders("X-Forwarded-For")));
  }
}
