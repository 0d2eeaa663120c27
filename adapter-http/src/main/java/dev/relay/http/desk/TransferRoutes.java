package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.DeskEvent.AgentTransferred;
import dev.relay.core.conversation.DeskEvent.AgentTransferred.Target;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.QueueName;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.EntryContent.Whispered;
import dev.relay.core.store.Store;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.chat.ChatRoutes;
import dev.relay.http.live.WebDesk;
import dev.relay.http.view.DeskViews;
import dev.relay.http.web.IntakeAnswers;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.Optional;

/** The routes by which agents pass conversations on, and write to each other about them. */
public final class TransferRoutes {
  private static final String PATH = "/api/v1/conversations/{id}";
  private static final int MAX_NAME = 50;

  private final WebDesk desk;
  private final Store store;
  private final Colleagues colleagues;
  private final Web web;

  public TransferRoutes(WebDesk desk, Store store, Colleagues colleagues, Web web) {
    this.desk = desk;
    this.store = store;
    this.colleagues = colleagues;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.AGENT, HandlerType.POST, PATH + "/transfer", this::transfer);
    routes.agent(Role.AGENT, HandlerType.POST, PATH + "/whispers", this::whisper);
  }

  private void transfer(Context ctx, AgentIdentity agent) throws IOException {
    ConversationId id = DeskObjects.conversation(ctx, agent, store, web).id();
    JsonFields body = web.requests().textFields(ctx, "queue", "agent", "note");
    AgentTransferred event = new AgentTransferred(
        id,
        Optional.empty(),
        agent.participant(),
        agent.is(Role.SUPERVISOR),
        target(body),
        body.optionalText("note", 0, Whispered.MAX_TEXT).orElse(""));
    web.answers().later(ctx, desk.submit(event), result -> {
      Receipt receipt = IntakeAnswers.receipt(result);
      // Whoever passed a conversation on sees where it went, even if they see it no longer
      // afterwards.
      web.answers()
          .json(
              ctx,
              200,
              store.read(queries -> queries
                  .conversation(receipt.conversation())
                  .map(found -> DeskViews.item(queries, found))
                  .orElseThrow(() -> Problem.notFound("no such conversation"))));
    });
  }

  /** Returns the queue or the agent that the fields name, of which exactly one is required. */
  static Target target(JsonFields body) {
    Optional<QueueName> queue = body.optional("queue", MAX_NAME, QueueName::new);
    Optional<String> colleague = body.optionalText("agent", 1, MAX_NAME);
    if (queue.isPresent() == colleague.isPresent()) {
      throw Problem.invalid("queue", "either queue or agent is required, and not both");
    }
    return queue
        .<Target>map(AgentTransferred.ToQueue::new)
        .orElseGet(() -> new AgentTransferred.ToAgent(colleague.orElseThrow()));
  }

  private void whisper(Context ctx, AgentIdentity agent) throws IOException {
    Conversation about = DeskObjects.conversation(ctx, agent, store, web);
    JsonFields body = web.requests().textFields(ctx, "text", "clientMessageId");
    Optional<EventKey> key = body.optionallyMatching(
            "clientMessageId", ChatRoutes.CLIENT_MESSAGE_ID, ChatRoutes.CLIENT_MESSAGE_ID_ALLOWED)
        .map(name -> new EventKey("desk", agent.username() + ":" + about.id() + ":w:" + name));
    String text = body.text("text", Whispered.MAX_TEXT);
    colleagues.checkMentions(text, store, about.queue(), DeskViews.agent(about));
    DeskEvent event = new DeskEvent.AgentWhispered(about.id(), key, agent.participant(), text);
    web.answers()
        .later(
            ctx,
            desk.submit(event),
            result -> web.answers()
                .json(ctx, 202, IntakeAnswers.accepted(IntakeAnswers.receipt(result))));
  }
}
