package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.message.MessageBody;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.store.Store;
import dev.relay.core.workspace.Workspace.Macro;
import dev.relay.core.workspace.Workspace.SavedReplies;
import dev.relay.core.workspace.Workspace.SavedReply;
import dev.relay.core.workspace.Workspace.Values;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.chat.ChatRoutes;
import dev.relay.http.view.DeskViews;
import dev.relay.http.view.SavedReplyViews;
import dev.relay.http.web.IntakeAnswers;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.Optional;

/** The route by which an agent applies a macro to a conversation. Thread-safe. */
public final class MacroRoutes {
  private final OrderedSubmissions desk;
  private final SavedReplies replies;
  private final Store store;
  private final NoticeTexts notices;
  private final Web web;

  public MacroRoutes(
      OrderedSubmissions desk, SavedReplies replies, Store store, NoticeTexts notices, Web web) {
    this.desk = desk;
    this.replies = replies;
    this.store = store;
    this.notices = notices;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(
        Role.AGENT, HandlerType.POST, "/api/v1/conversations/{id}/macros/{macro}", this::apply);
  }

  private void apply(Context ctx, AgentIdentity agent) throws IOException {
    ConversationId id = new ConversationId(web.requests().pathId(ctx, "id", "conversation"));
    SavedReply reply = replies
        .find(web.requests().pathId(ctx, "macro", "macro"))
        .filter(it -> it.isVisibleTo(agent.username()))
        .orElseThrow(() -> Problem.notFound("no such macro"));
    Macro macro = reply.macro().orElseThrow(() -> Problem.notFound("no such macro"));
    JsonFields body =
        web.requests().textFields(ctx, "text", "clientMessageId", OrderedSubmissions.BEFORE);
    Optional<String> clientId = body.optionallyMatching(
        "clientMessageId", ChatRoutes.CLIENT_MESSAGE_ID, ChatRoutes.CLIENT_MESSAGE_ID_ALLOWED);
    String text = body.has("text")
        ? body.optionalText("text", 0, MessageBody.MAX_TEXT).orElse("")
        : filled(reply, id, agent);
    store.read(queries -> DeskObjects.conversation(queries, agent, id));
    DeskEvent event = new DeskEvent.MacroApplied(
        id,
        clientId.map(name -> new EventKey("desk", agent.username() + ":" + id + ":" + name)),
        agent.participant(),
        reply.name(),
        macro,
        clientId,
        Optional.of(text).filter(it -> !it.isBlank()).map(MessageBody::text));
    web.answers().later(ctx, desk.submit(body, agent, event), result -> {
      ConversationId applied = IntakeAnswers.receipt(result).conversation();
      web.answers()
          .json(
              ctx,
              200,
              store
                  .read(queries ->
                      queries.conversation(applied).map(found -> DeskViews.item(queries, found)))
                  .orElseThrow(MacroRoutes::unknown));
    });
  }

  /** Returns the text in the customer's language with the values of the conversation. */
  private String filled(SavedReply reply, ConversationId id, AgentIdentity agent) {
    return store.read(queries -> {
      Conversation conversation = DeskObjects.conversation(queries, agent, id);
      Values values = SavedReplyViews.values(queries, conversation, agent.participant(), notices);
      String text = reply
          .languageFor(conversation.locale())
          .map(language -> reply.text(language, values))
          .orElse("");
      if (text.length() > MessageBody.MAX_TEXT) {
        throw Problem.invalid(
            "text",
            "the macro's text with its values has more than " + MessageBody.MAX_TEXT
                + " characters");
      }
      return text;
    });
  }

  private static Problem unknown() {
    return Problem.notFound("no such conversation");
  }
}
