package dev.relay.http.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.id.EventKey;
import dev.relay.core.message.EntryContent.Announced.Planned;
import dev.relay.core.operations.Announcements;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.chat.ChatRoutes;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The routes for announcements to the community. */
public final class AnnouncementRoutes {
  private static final String PLANNED = "/api/v1/planned-announcements";
  private static final int MAX_TIME = 40;
  private static final int MAX_TITLE = 200;
  private static final int MAX_TEXT = 4_000;
  private static final int MAX_URL = 2_000;

  private final Announcements announcements;
  private final Web web;
  private final InstantSource clock;

  public AnnouncementRoutes(Announcements announcements, Web web, InstantSource clock) {
    this.announcements = announcements;
    this.web = web;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.SUPERVISOR, HandlerType.POST, "/api/v1/announcements", this::publish);
    routes.agent(Role.SUPERVISOR, HandlerType.GET, PLANNED, this::list);
    routes.agent(Role.SUPERVISOR, HandlerType.POST, PLANNED, this::plan);
    routes.agent(Role.SUPERVISOR, HandlerType.DELETE, PLANNED + "/{id}", this::cancel);
  }

  /**
   * The answer to an announcement that was stored.
   *
   * @param held why it is not published for now
   */
  record Accepted(
      String id,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String held) {}

  /**
   * An announcement that is published later, or was to be.
   *
   * @param state waiting, published, cancelled or failed
   */
  record PlannedView(
      String id,
      String title,
      String text,
      @Nullable String url,
      String author,
      String publishAt,
      String state) {
    static PlannedView of(Planned planned) {
      return new PlannedView(
          Long.toString(planned.id()),
          planned.announcement().title(),
          planned.announcement().text(),
          planned.announcement().url().orElse(null),
          planned.announcement().author().nameForColleagues(),
          planned.at().toString(),
          Texts.lower(planned.state()));
    }
  }

  /**
   * The planned announcements.
   *
   * @param next always null: these are all
   * @param possible whether a channel for announcements is configured; without one nothing can be published or planned
   */
  record PlannedList(List<PlannedView> items, @Nullable String next, boolean possible) {}

  private void list(Context ctx, AgentIdentity agent) {
    List<PlannedView> items =
        announcements.planned().stream().map(PlannedView::of).toList();
    web.answers().json(ctx, 200, new PlannedList(items, null, announcements.isPossible()));
  }

  private void plan(Context ctx, AgentIdentity agent) throws IOException {
    JsonFields body =
        web.requests().fields(ctx, "title", "text", "url", "publishAt", "clientActionId");
    String title = Texts.line("title", body.text("title", MAX_TITLE));
    String text = body.optionalText("text", 0, MAX_TEXT).orElse("");
    Optional<String> url = body.optionalText("url", 1, MAX_URL).map(AnnouncementRoutes::https);
    Instant at = body.optional("publishAt", MAX_TIME, Texts::time)
        .orElseThrow(() -> Problem.invalid("publishAt", "publishAt must be a time"));
    Instant now = clock.instant();
    if (!at.isAfter(now) || at.isAfter(now.plus(Planned.MAX_AHEAD))) {
      throw Problem.invalid(
          "publishAt",
          "publishAt must be a time from now to " + Planned.MAX_AHEAD.toDays() + " days ahead");
    }
    Optional<String> key = body.optionallyMatching(
        "clientActionId", ChatRoutes.CLIENT_MESSAGE_ID, ChatRoutes.CLIENT_MESSAGE_ID_ALLOWED);
    requireAnnouncer();
    web.answers()
        .later(
            ctx,
            announcements.plan(agent.participant(), title, text, url, at, key),
            planned -> web.answers()
                .json(ctx, 201, PlannedView.of(planned.orElseThrow(AnnouncementRoutes::tooMany))));
  }

  private void cancel(Context ctx, AgentIdentity agent) {
    long id = web.requests().pathId(ctx, "id", "planned announcement");
    web.answers().later(ctx, announcements.cancel(id), cancelled -> {
      if (cancelled.isEmpty()) {
        throw announcements.planned().stream().anyMatch(it -> it.id() == id)
            ? Problem.conflict("too-late", "the announcement is no longer waiting")
            : Problem.notFound("no such planned announcement");
      }
      web.answers().nothing(ctx);
    });
  }

  private static Problem tooMany() {
    return Problem.conflict(
        "too-many-planned",
        Planned.MAX_WAITING
            + " announcements wait for their time; cancel one or wait until one is published");
  }

  private void requireAnnouncer() {
    if (!announcements.isPossible()) {
      throw Problem.conflict("no-announcer", "no announcement channel is configured");
    }
  }

  private void publish(Context ctx, AgentIdentity agent) throws IOException {
    JsonFields body = web.requests().fields(ctx, "title", "text", "url", "clientActionId");
    String title = Texts.line("title", body.text("title", MAX_TITLE));
    String text = body.optionalText("text", 0, MAX_TEXT).orElse("");
    Optional<String> url = body.optionalText("url", 1, MAX_URL).map(AnnouncementRoutes::https);
    Optional<EventKey> key = body.optionallyMatching(
            "clientActionId", ChatRoutes.CLIENT_MESSAGE_ID, ChatRoutes.CLIENT_MESSAGE_ID_ALLOWED)
        .map(action -> new EventKey("desk", agent.username() + ":announcement:" + action));
    requireAnnouncer();
    Optional<String> held = announcements.heldBecause();
    web.answers()
        .later(
            ctx,
            announcements.publish(agent.participant(), title, text, url, key),
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
