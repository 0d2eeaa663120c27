package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.id.ConversationId;
import dev.relay.core.store.Store;
import dev.relay.core.workspace.Workspace.ReadMarks;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.live.LiveStreams;
import dev.relay.http.live.WebDesk;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;

/**
 * The route with which an agent's page reports that they are typing. Colleagues who watch the conversation see it; the customer sees it
 * if the agent has the conversation, writes an answer, and has not switched it off. Nothing of it is stored. Thread-safe.
 */
public final class TypingRoutes {
  private enum Part {
    ANSWER,
    INTERNAL
  }

  private final WebDesk desk;
  private final Store store;
  private final LiveStreams live;
  private final ReadMarks settings;
  private final Web web;

  public TypingRoutes(WebDesk desk, Store store, LiveStreams live, ReadMarks settings, Web web) {
    this.desk = desk;
    this.store = store;
    this.live = live;
    this.settings = settings;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.AGENT, HandlerType.POST, "/api/v1/conversations/{id}/typing", this::types);
  }

  private void types(Context ctx, AgentIdentity agent) throws IOException {
    ConversationId id = DeskObjects.conversation(ctx, agent, store, web).id();
    JsonFields body = web.requests().fields(ctx, "part");
    boolean internal = body.oneOf("part", Part.values()) == Part.INTERNAL;
    live.agentTypes(id, agent.participant(), internal);
    if (!internal && WorkspaceRoutes.isOn(settings, agent, WorkspaceRoutes.SHOWS_TYPING)) {
      desk.agentTypes(id, agent.participant());
    }
    web.answers().nothing(ctx);
  }
}
