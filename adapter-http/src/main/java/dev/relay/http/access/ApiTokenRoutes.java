package dev.relay.http.access;

import dev.relay.core.access.AccessToken;
import dev.relay.core.access.AccessToken.Kind;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Page;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The routes for an agent's own API tokens. */
public final class ApiTokenRoutes {
  private static final int MAX_TOKENS = 50;
  private static final int DEFAULT_DAYS = 365;
  private static final int MAX_DAYS = 3_650;
  private static final int ID_LENGTH = 16;
  private static final String LABEL = "label";

  private final Sessions sessions;
  private final Secrets secrets;
  private final Web web;
  private final InstantSource clock;

  public ApiTokenRoutes(Sessions sessions, Secrets secrets, Web web, InstantSource clock) {
    this.sessions = sessions;
    this.secrets = secrets;
    this.web = web;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.VIEWER, HandlerType.GET, "/api/v1/agents/tokens", this::list);
    routes.agent(Role.VIEWER, HandlerType.POST, "/api/v1/agents/tokens", this::create);
    routes.agent(Role.VIEWER, HandlerType.DELETE, "/api/v1/agents/tokens/{id}", this::revoke);
  }

  record ApiToken(String id, String label, String createdAt, String lastUsedAt, String expiresAt) {}

  record Created(String id, String label, String token, String expiresAt) {
    /** Returns a text without the token. */
    @Override
    public String toString() {
      return "Created[" + id + "]";
    }
  }

  private void list(Context ctx, AgentIdentity agent) {
    List<ApiToken> items = own(agent).stream()
        .map(token -> new ApiToken(
            id(token),
            token.attributes().getOrDefault(LABEL, ""),
            token.createdAt().toString(),
            token.lastUsedAt().toString(),
            token.expiresAt().toString()))
        .toList();
    web.answers().json(ctx, 200, new Page<>(items, null));
  }

  private void create(Context ctx, AgentIdentity agent) throws IOException {
    agent.requireSession();
    JsonFields body = web.requests().fields(ctx, LABEL, "expiresInDays");
    String label = Texts.line(LABEL, body.text(LABEL, 100));
    long days = body.optionalNumber("expiresInDays", 1, MAX_DAYS).orElse(DEFAULT_DAYS);
    if (own(agent).size() >= MAX_TOKENS) {
      throw Problem.conflict(
          "too-many-tokens", "an agent may have at most " + MAX_TOKENS + " tokens");
    }
    Instant now = clock.instant();
    String secret = secrets.token("ra_");
    AccessToken token = new AccessToken(
        Secrets.hash(secret),
        Kind.API_TOKEN,
        agent.username(),
        Map.of(LABEL, label),
        now,
        now,
        now.plus(Duration.ofDays(days)));
    sessions.tokens().add(token);
    web.answers()
        .json(ctx, 201, new Created(id(token), label, secret, token.expiresAt().toString()));
  }

  private void revoke(Context ctx, AgentIdentity agent) {
    String id = ctx.pathParam("id");
    Optional<AccessToken> token =
        own(agent).stream().filter(own -> id(own).equals(id)).findFirst();
    if (token.isEmpty() || !sessions.tokens().revoke(token.get().hash())) {
      throw Problem.notFound("no such token of yours");
    }
    sessions.closeStreams(token.get().hash());
    web.answers().nothing(ctx);
  }

  private List<AccessToken> own(AgentIdentity agent) {
    return sessions.tokens().of(Kind.API_TOKEN, agent.username());
  }

  private static String id(AccessToken token) {
    return token.hash().substring(0, ID_LENGTH);
  }
}
