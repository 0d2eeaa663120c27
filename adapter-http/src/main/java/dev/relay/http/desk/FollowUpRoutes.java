package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.customer.CustomerAddress.Reach;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.team.Team;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.chat.ChatRoutes;
import dev.relay.http.live.WebDesk;
import dev.relay.http.view.DeskViews;
import dev.relay.http.view.TranscriptViews;
import dev.relay.http.view.Views;
import dev.relay.http.web.IntakeAnswers;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routes by which agents write to customers first, and read all conversations about a case as one. */
public final class FollowUpRoutes {
  private static final String CASES = "/api/v1/cases/{number}";
  private static final String CUSTOMERS = "/api/v1/customers/{id}";
  private static final String CONVERSATIONS = "/api/v1/conversations/{id}";
  private static final int TIMELINE = 200;
  private static final int MAX_TIMELINE = 500;

  private final Intake intake;
  private final WebDesk desk;
  private final Store store;
  private final AgentMessages messages;
  private final TranscriptViews transcripts;
  private final Web web;

  public FollowUpRoutes(
      Intake intake,
      WebDesk desk,
      Store store,
      AgentMessages messages,
      TranscriptViews transcripts,
      Web web) {
    this.intake = intake;
    this.desk = desk;
    this.store = store;
    this.messages = messages;
    this.transcripts = transcripts;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.AGENT, HandlerType.POST, CASES + "/messages", this::writeAboutCase);
    routes.agent(Role.VIEWER, HandlerType.GET, CASES + "/timeline", this::timeline);
    routes.agent(Role.AGENT, HandlerType.POST, CUSTOMERS + "/messages", this::writeToCustomer);
    routes.agent(
        Role.AGENT, HandlerType.POST, CONVERSATIONS + "/follow-ups", this::continueConversation);
    routes.agent(Role.VIEWER, HandlerType.GET, CONVERSATIONS + "/reach", this::reach);
    routes.agent(
        Role.AGENT, HandlerType.POST, CONVERSATIONS + "/propose-close", this::proposeClose);
  }

  /**
   * The conversation in which a message was said.
   *
   * @param conversationId the conversation, which may be a new one
   * @param caseNumber the conversation's case
   */
  public record Written(String conversationId, @Nullable String caseNumber) {}

  /**
   * Whether a customer can be written to first.
   *
   * @param open whether they can
   * @param until when that ends unless they write again
   * @param code the kind of obstacle
   * @param reason the obstacle, for people
   * @param since when the obstacle began
   */
  public record ReachView(
      boolean open,
      @Nullable String until,
      @Nullable String code,
      @Nullable String reason,
      @Nullable String since) {}

  /**
   * An entry of a case's timeline.
   *
   * @param conversationId its conversation
   * @param entry the entry
   */
  public record TimelineItem(String conversationId, Views.TranscriptItem entry) {}

  /**
   * A part of a case's timeline.
   *
   * @param items the entries, oldest first
   * @param next the value of {@code after} for the next part; null at the end
   */
  public record Timeline(List<TimelineItem> items, @Nullable String next) {}

  /** The conversation at whose address a customer is written to, and the case about which. */
  private record Target(Conversation conversation, Optional<CaseNumber> about, String name) {}

  private void writeAboutCase(Context ctx, AgentIdentity agent) throws IOException {
    CaseNumber number = new CaseNumber(web.requests().pathId(ctx, "number", "case"));
    write(ctx, agent, store.read(queries -> ofCase(number, agent, queries)));
  }

  private static Target ofCase(CaseNumber number, AgentIdentity agent, Queries queries) {
    SupportCase about = DeskObjects.supportCase(queries, agent, number);
    return new Target(latestOf(about, queries), Optional.of(number), "case" + number.value());
  }

  /** Returns the latest conversation about a case or, if it has none, the customer's latest one. */
  static Conversation latestOf(SupportCase about, Queries queries) {
    List<ConversationId> theirs = about.conversations();
    Optional<Conversation> last = theirs.isEmpty()
        ? latest(about.customer(), Team.Scope.ALL, queries)
        : queries.conversation(theirs.get(theirs.size() - 1));
    return last.orElseThrow(FollowUpRoutes::nowhere);
  }

  private void writeToCustomer(Context ctx, AgentIdentity agent) throws IOException {
    CustomerId id = new CustomerId(web.requests().pathId(ctx, "id", "customer"));
    write(ctx, agent, store.read(queries -> {
      if (queries.customer(id).isEmpty()) {
        throw Problem.notFound("no such customer");
      }
      Conversation last =
          latest(id, agent.scope(queries), queries).orElseThrow(FollowUpRoutes::nowhere);
      return new Target(last, last.supportCase(), "customer" + id);
    }));
  }

  private void continueConversation(Context ctx, AgentIdentity agent) throws IOException {
    ConversationId id = id(ctx);
    Conversation found = store.read(queries -> DeskObjects.conversation(queries, agent, id));
    write(ctx, agent, new Target(found, found.supportCase(), "conversation" + id));
  }

  private static Optional<Conversation> latest(
      CustomerId customer, Team.Scope scope, Queries queries) {
    ConversationFilter theirs =
        new ConversationFilter(Set.of(), Optional.empty(), Optional.of(customer), scope, true);
    return queries.conversations(theirs, Optional.empty(), 1).stream().findFirst();
  }

  private void write(Context ctx, AgentIdentity agent, Target target) throws IOException {
    JsonFields body =
        web.requests().textFields(ctx, "text", "attachments", "articles", "clientMessageId");
    Optional<String> clientId = body.optionallyMatching(
        "clientMessageId", ChatRoutes.CLIENT_MESSAGE_ID, ChatRoutes.CLIENT_MESSAGE_ID_ALLOWED);
    DeskEvent event = new DeskEvent.AgentWroteFirst(
        target.conversation().id(),
        clientId.map(
            name -> new EventKey("desk", agent.username() + ":" + target.name() + ":" + name)),
        WebDesk.ID,
        agent.participant(),
        target.about(),
        clientId,
        messages.read(body, agent, target.conversation().locale()));
    web.answers().later(ctx, desk.submit(event), result -> {
      Receipt receipt = IntakeAnswers.receipt(result);
      web.answers()
          .json(
              ctx,
              202,
              new Written(
                  receipt.conversation().toString(),
                  receipt.supportCase().map(it -> Long.toString(it.value())).orElse(null)));
    });
  }

  private void reach(Context ctx, AgentIdentity agent) {
    ConversationId id = id(ctx);
    Conversation found = store.read(queries -> DeskObjects.conversation(queries, agent, id));
    web.answers().json(ctx, 200, view(intake.reach(found.id())));
  }

  private static ReachView view(Reach reach) {
    if (reach instanceof Reach.Closed closed) {
      return new ReachView(
          false,
          null,
          Texts.lower(closed.code()).replace('_', '-'),
          closed.reason(),
          closed.since().map(Object::toString).orElse(null));
    }
    return new ReachView(
        true, ((Reach.Open) reach).until().map(Object::toString).orElse(null), null, null, null);
  }

  private void proposeClose(Context ctx, AgentIdentity agent) {
    Conversation found = store.read(queries -> DeskObjects.conversation(queries, agent, id(ctx)));
    DeskEvent event =
        new DeskEvent.CloseProposed(found.id(), Optional.empty(), agent.participant());
    web.answers().later(ctx, desk.submit(event), result -> {
      ConversationId id = IntakeAnswers.receipt(result).conversation();
      web.answers()
          .json(
              ctx,
              200,
              store.read(queries ->
                  DeskViews.item(queries, DeskObjects.conversation(queries, agent, id))));
    });
  }

  private void timeline(Context ctx, AgentIdentity agent) {
    CaseNumber number = new CaseNumber(web.requests().pathId(ctx, "number", "case"));
    EntryId after = new EntryId(web.requests().id(ctx, "after").orElse(0L));
    int limit = web.requests().limit(ctx, TIMELINE, MAX_TIMELINE);
    web.answers()
        .json(
            ctx,
            200,
            store.read(queries ->
                timeline(DeskObjects.supportCase(queries, agent, number), after, limit, queries)));
  }

  /** Merges the transcripts of the case's conversations by the entries' ids, which grow with time. */
  private Timeline timeline(SupportCase found, EntryId after, int limit, Queries queries) {
    List<TranscriptEntry> entries = new ArrayList<>();
    found.conversations().forEach(id -> entries.addAll(queries.transcript(id, after, limit + 1)));
    entries.sort(Comparator.comparingLong(entry -> entry.id().value()));
    boolean more = entries.size() > limit;
    List<TranscriptEntry> shown = more ? entries.subList(0, limit) : entries;
    Map<String, Views.TranscriptItem> items = new HashMap<>();
    for (ConversationId id : found.conversations()) {
      List<TranscriptEntry> own =
          shown.stream().filter(entry -> entry.conversation().equals(id)).toList();
      queries
          .conversation(id)
          .ifPresent(conversation -> transcripts
              .items(queries, id, conversation.locale(), own)
              .forEach(item -> items.put(item.id(), item)));
    }
    List<TimelineItem> timeline = new ArrayList<>();
    for (TranscriptEntry entry : shown) {
      Views.TranscriptItem item = items.get(entry.id().toString());
      if (item != null) {
        timeline.add(new TimelineItem(entry.conversation().toString(), item));
      }
    }
    return new Timeline(timeline, more ? shown.get(limit - 1).id().toString() : null);
  }

  private ConversationId id(Context ctx) {
    return new ConversationId(web.requests().pathId(ctx, "id", "conversation"));
  }

  private static Problem nowhere() {
    return Problem.conflict(
        "no-conversation",
        "the customer has never written, so that Relay knows no place to write to");
  }
}
