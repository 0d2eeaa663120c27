package dev.relay.http.web;

import io.javalin.http.Context;

/**
 * Reads requests and writes answers: the collaborators of every route. Thread-safe.
 *
 * @param json writes and reads JSON
 * @param requests reads requests
 * @param answers writes answers
 * @param peers determines the address of a request
 * @param isSecure whether people reach Relay over https
 */
public record Web(
    Json json, Requests requests, Answers answers, PeerAddress peers, boolean isSecure) {

  /** Checks whether the request was made on this machine and was not marked as forwarded by a proxy. */
  public boolean isFromHere(Context ctx) {
    return ctx.header("X-Forwarded-For") == null
        && ctx.header("Forwarded") == null
        && PeerAddress.isLoopback(peerKey(ctx));
  }

  /** Returns the key under which attempts from the request's address are counted. */
  public String peerKey(Context ctx) {
    return peers.key(
        ctx.req().getRemoteAddr(),
        java.util.Collections.list(ctx.req().getHeaders("X-Forwarded-For")));
  }
}
