package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.store.Store;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.live.WebDesk;
import dev.relay.http.view.DeskViews;
import dev.relay.http.web.IntakeAnswers;
import dev.relay.http.web.Page;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Optional;

/** The routes for colleagues: who can be asked, and joining a conversation that somebody else has. */
public final class ColleagueRoutes {
  private static final String CONVERSATION = "/api/v1/conversations/{id}";
  private static final String CASE = "/api/v1/cases/{number}";

  private final WebDesk desk;
  private final Store store;
  private final Colleagues colleagues;
  private final Web web;

  public ColleagueRoutes(WebDesk desk, Store store, Colleagues colleagues, Web web) {
    this.desk = desk;
    this.store = store;
    this.colleagues = colleagues;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.VIEWER, HandlerType.GET, CONVERSATION + "/colleagues", this::ofConversation);
    routes.agent(Role.VIEWER, HandlerType.GET, CASE + "/colleagues", this::ofCase);
    routes.agent(Role.AGENT, HandlerType.POST, CONVERSATION + "/join", this::join);
    routes.agent(Role.AGENT, HandlerType.POST, CONVERSATION + "/step-out", this::stepOut);
  }

  private void ofConversation(Context ctx, AgentIdentity agent) {
    ConversationId id = new ConversationId(web.requests().pathId(ctx, "id", "conversation"));
    web.answers().json(ctx, 200, store.read(queries -> {
      Conversation found = DeskObjects.conversation(queries, agent, id);
      return new Page<>(
          colleagues.of(agent.username(), queries, found.queue(), DeskViews.agent(found)), null);
    }));
  }

  private void ofCase(Context ctx, AgentIdentity agent) {
    CaseNumber number = new CaseNumber(web.requests().pathId(ctx, "number", "case"));
    web.answers().json(ctx, 200, store.read(queries -> {
      SupportCase found = DeskObjects.supportCase(queries, agent, number);
      return new Page<>(
          colleagues.of(agent.username(), queries, found.queue(), found.assignee()), null);
    }));
  }

  private void join(Context ctx, AgentIdentity agent) {
    ConversationId id = DeskObjects.conversation(ctx, agent, store, web).id();
    submit(ctx, new DeskEvent.ColleagueJoined(id, Optional.empty(), agent.participant()));
  }

  private void stepOut(Context ctx, AgentIdentity agent) {
    ConversationId id = DeskObjects.conversation(ctx, agent, store, web).id();
    submit(ctx, new DeskEvent.ColleagueLeft(id, Optional.empty(), agent.participant()));
  }

  private void submit(Context ctx, DeskEvent event) {
    web.answers().later(ctx, desk.submit(event), result -> {
      Receipt receipt = IntakeAnswers.receipt(result);
      web.answers()
          .json(
              ctx,
              200,
              store.read(queries -> DeskViews.item(
                  queries, queries.conversation(receipt.conversation()).orElseThrow())));
    });
  }
}
