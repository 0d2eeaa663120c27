package dev.relay.http.access;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.workspace.Workspace.AgentPictures;
import dev.relay.core.workspace.Workspace.Picture;
import dev.relay.http.web.Answers;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routes for the pictures of agents. Everybody may read a picture whose id they know: pages show it without a token, and customers
 * receive the ids of the agents who write to them. Thread-safe.
 */
public final class AgentPictureRoutes {
  private static final String OWN = "/api/v1/agents/me/picture";
  /** A year, the longest that RFC 9111 (5.3) advises; another picture has another id. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final AgentPictures pictures;
  private final Web web;

  public AgentPictureRoutes(AgentPictures pictures, Web web) {
    this.pictures = pictures;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.open(HandlerType.GET, "/api/v1/pictures/{id}", this::picture);
    routes.agent(Role.VIEWER, HandlerType.GET, OWN, this::own);
    routes.agent(Role.AGENT, HandlerType.PUT, OWN, this::change);
    routes.agent(
        Role.AGENT, HandlerType.DELETE, OWN, (ctx, agent) -> remove(ctx, agent.username()));
    routes.agent(
        Role.ADMIN,
        HandlerType.DELETE,
        "/api/v1/agents/{username}/picture",
        (ctx, admin) -> remove(ctx, ctx.pathParam("username").toLowerCase(Locale.ROOT)));
  }

  /** @param picture the id; null if the agent has no picture */
  record PictureView(@Nullable String picture) {}

  private void picture(Context ctx) {
    Picture found =
        pictures.find(ctx.pathParam("id")).orElseThrow(() -> Problem.notFound("no such picture"));
    Answers.type(ctx, found.mediaType())
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .header("Cache-Control", FOR_EVER)
        .result(found.content());
  }

  private void own(Context ctx, AgentIdentity agent) {
    Map<String, String> ids = pictures.ids();
    web.answers().json(ctx, 200, new PictureView(ids.get(agent.username())));
  }

  private void change(Context ctx, AgentIdentity agent) throws IOException {
    String mediaType = web.requests().mediaType(ctx);
    if (!mediaType.equals("image/png") && !mediaType.equals("image/jpeg")) {
      throw Problem.mediaType(
          "the Content-Type must be image/png or image/jpeg; the body is the picture itself, not a form");
    }
    web.requests().requireIdentity(ctx);
    Picture picture = picture(web.requests().body(ctx, Picture.MAX_BYTES));
    pictures.save(agent.username(), picture);
    web.answers().json(ctx, 200, new PictureView(picture.id()));
  }

  private static Picture picture(byte[] content) {
    try {
      return Picture.of(content);
    } catch (IllegalArgumentException e) {
      throw Problem.of(400, "not-a-picture", "the picture " + e.getMessage());
    }
  }

  private void remove(Context ctx, String agent) {
    pictures.remove(agent);
    web.answers().nothing(ctx);
  }
}
