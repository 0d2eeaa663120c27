package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.id.ConversationId;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.live.DeskCounts;
import dev.relay.http.live.DeskStream;
import dev.relay.http.live.StreamContext;
import dev.relay.http.traffic.Clients;
import dev.relay.http.view.TranscriptViews;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Requests;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The route of the desk's event stream. */
public final class DeskEventRoutes {
  private static final int MAX_WATCHED = 20;

  private final DeskCounts counts;
  private final TranscriptViews transcripts;
  private final StreamContext streams;

  public DeskEventRoutes(DeskCounts counts, TranscriptViews transcripts, StreamContext streams) {
    this.counts = counts;
    this.transcripts = transcripts;
    this.streams = streams;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.VIEWER, HandlerType.GET, "/api/v1/desk/events", this::events);
  }

  private void events(Context ctx, AgentIdentity agent) {
    List<String> given = ctx.queryParams("conversation");
    if (given.size() > MAX_WATCHED) {
      throw Problem.invalid(
          "conversation", "conversation may be given at most " + MAX_WATCHED + " times");
    }
    Set<ConversationId> watched = new HashSet<>();
    given.forEach(text -> watched.add(new ConversationId(Requests.number("conversation", text))));
    streams
        .live()
        .open(
            ctx,
            streams.web().peerKey(ctx),
            Clients.connection(ctx.req()),
            new DeskStream(agent, watched, counts, transcripts, streams));
  }
}
