package dev.relay.http.chat;

import dev.relay.core.id.EntryId;
import dev.relay.http.access.ChatSession;
import dev.relay.http.access.RouteTable;
import dev.relay.http.live.ChatStream;
import dev.relay.http.live.StreamContext;
import dev.relay.http.traffic.Clients;
import dev.relay.http.view.ChatHistory;
import dev.relay.http.view.ChatViews;
import dev.relay.http.web.Requests;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Optional;

/** The routes for what one customer sees of the web chat: its status, its transcript and its event stream. */
public final class ChatViewRoutes {
  private static final int PAGE = 60;
  private static final int MAX_PAGE = 200;

  private final ChatViews views;
  private final StreamContext streams;
  private final Web web;

  public ChatViewRoutes(ChatViews views, StreamContext streams, Web web) {
    this.views = views;
    this.streams = streams;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.customer(HandlerType.GET, "/api/v1/chat/status", this::status);
    routes.customer(HandlerType.GET, "/api/v1/chat/messages", this::messages);
    routes.customer(HandlerType.GET, "/api/v1/chat/events", this::events);
  }

  private void status(Context ctx, ChatSession session) {
    views.refresh();
    web.answers().json(ctx, 200, streams.store().read(queries -> views.status(queries, session)));
  }

  private void messages(Context ctx, ChatSession session) {
    Optional<EntryId> before = web.requests().id(ctx, "before").map(EntryId::new);
    int limit = web.requests().limit(ctx, PAGE, MAX_PAGE);
    ChatHistory history = new ChatHistory(views);
    views.refresh();
    web.answers()
        .json(
            ctx,
            200,
            streams.store().read(queries -> history.page(queries, session, before, limit)));
  }

  private void events(Context ctx, ChatSession session) {
    String lastEventId = ctx.header("Last-Event-ID");
    EntryId after = new EntryId(
        lastEventId == null || lastEventId.isBlank()
            ? 0
            : Requests.number("Last-Event-ID", lastEventId.strip()));
    streams
        .live()
        .open(
            ctx,
            web.peerKey(ctx),
            Clients.connection(ctx.req()),
            new ChatStream(session, after, views, streams));
  }
}
