package dev.relay.http.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.operations.Announcements;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The route for announcements to the community. */
public final class AnnouncementRoutes {
  private static final int MAX_TITLE = 200;
  private static final int MAX_TEXT = 4_000;
  private static final int MAX_URL = 2_000;

  private final Announcements announcements;
  private final Web web;

  public AnnouncementRoutes(Announcements announcements, Web web) {
    this.announcements = announcements;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.SUPERVISOR, HandlerType.POST, "/api/v1/announcements", this::publish);
  }

  /**
   * The answer to an announcement that was stored.
   *
   * @param held why it is not published for now
   */
  record Accepted(
      String id,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String held) {}

  private void publish(Context ctx, AgentIdentity agent) throws IOException {
    JsonFields body = web.requests().fields(ctx, "title", "text", "url");
    String title = Texts.line("title", body.text("title", MAX_TITLE));
    String text = body.optionalText("text", 0, MAX_TEXT).orElse("");
    Optional<String> url = body.optionalText("url", 1, MAX_URL).map(AnnouncementRoutes::https);
    if (!announcements.isPossible()) {
      throw Problem.conflict("no-announcer", "no announcement channel is configured");
    }
    Optional<String> held = announcements.heldBecause();
    web.answers()
        .later(
            ctx,
            announcements.publish(agent.participant(), title, text, url),
            id -> web.answers().json(ctx, 202, new Accepted(id.toString(), held.orElse(null))));
  }

  private static String https(String text) {
    try {
      URI uri = new URI(text);
      if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        return text;
      }
    } catch (URISyntaxException e) {
      throw Problem.invalid("url", "url must be an https address");
    }
    throw Problem.invalid("url", "url must be an https address");
  }
}
