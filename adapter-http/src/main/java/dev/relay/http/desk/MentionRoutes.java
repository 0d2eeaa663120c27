package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.team.Team;
import dev.relay.core.team.Team.Mention;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.view.MentionViews;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Page;
import dev.relay.http.web.Requests;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The routes for the internal texts that mention an agent. */
public final class MentionRoutes {
  private static final String MENTIONS = "/api/v1/agents/me/mentions";
  private static final int MOST_IDS = 100;
  private static final int MAX_ID = 18;

  private final Team.Teams teams;
  private final Store store;
  private final Web web;

  public MentionRoutes(Team.Teams teams, Store store, Web web) {
    this.teams = teams;
    this.store = store;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.VIEWER, HandlerType.GET, MENTIONS, this::list);
    routes.agent(Role.VIEWER, HandlerType.POST, MENTIONS + "/seen", this::seen);
  }

  private void list(Context ctx, AgentIdentity agent) {
    web.answers().json(ctx, 200, store.read(queries -> page(queries, agent)));
  }

  private static Page<MentionViews.MentionItem> page(Queries queries, AgentIdentity agent) {
    Team.Scope scope = agent.scope(queries);
    List<Mention> all = queries.mentions(agent.username(), 0, Mention.MOST);
    return new Page<>(
        all.stream()
            .filter(mention -> MentionViews.isSeen(queries, scope, mention))
            .map(MentionViews::item)
            .toList(),
        null);
  }

  private void seen(Context ctx, AgentIdentity agent) throws IOException {
    JsonFields body = web.requests().fields(ctx, "ids");
    Set<Long> ids = new HashSet<>();
    body.texts("ids", MOST_IDS, MAX_ID).forEach(id -> ids.add(Requests.number("ids", id)));
    web.answers()
        .later(ctx, teams.seen(agent.username(), ids), seen -> web.answers().nothing(ctx));
  }
}
