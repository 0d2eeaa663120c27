package dev.relay.http.access;

import dev.relay.http.web.Problem;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;

/**
 * Identifies who makes a request. Throws a {@link Problem} with status 401 or 403 if a request cannot be authenticated.
 * Thread-safe.
 */
public final class Authentication {
  static final String COOKIE = "relay_session";
  public static final String CSRF_HEADER = "X-CSRF-Token";
  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  private final Sessions sessions;
  private final OriginCheck origins;

  public Authentication(Sessions sessions, OriginCheck origins) {
    this.sessions = sessions;
    this.origins = origins;
  }

  /** Returns the customer whose chat token the request carries. */
  ChatSession customer(Context ctx) {
    return bearer(ctx)
        .flatMap(sessions::chat)
        .orElseThrow(() -> Problem.unauthorized(
            "a chat session's token is required as Authorization: Bearer; it expires after "
                + Sessions.CHAT_LONGEST.toDays() + " days"));
  }

  /**
   * Returns the agent whose session or API token the request carries. With a session, a request that changes something must
   * also carry the session's CSRF token.
   */
  AgentIdentity agent(Context ctx) {
    Optional<String> bearer = bearer(ctx);
    if (bearer.isPresent()) {
      return bearer.flatMap(sessions::agentByApiToken).orElseThrow(Authentication::notLoggedIn);
    }
    AgentIdentity agent = Optional.ofNullable(ctx.cookie(COOKIE))
        .flatMap(sessions::agentByCookie)
        .orElseThrow(Authentication::notLoggedIn);
    if (!SAFE.contains(ctx.req().getMethod())) {
      origins.require(ctx);
      String given = Optional.ofNullable(ctx.header(CSRF_HEADER)).orElse("");
      if (!Secrets.same(given, agent.csrfToken().orElse(given + "x"))) {
        throw Problem.forbidden(
            "csrf", "the session's csrfToken is required in the header " + CSRF_HEADER);
      }
    }
    return agent;
  }

  /** Checks whether the request carries an agent's session or API token. */
  public boolean isAgent(Context ctx) {
    try {
      agent(ctx);
      return true;
    } catch (Problem somebodyElse) {
      return false;
    }
  }

  private static Problem notLoggedIn() {
    return Problem.unauthorized(
        "an agent is required: log in, or send an API token as Authorization: Bearer");
  }

  private static Optional<String> bearer(Context ctx) {
    String value = ctx.header("Authorization");
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(
        value.regionMatches(true, 0, "Bearer ", 0, 7) ? value.substring(7).strip() : "");
  }
}
