package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.EntryRef;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.EntryId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Queries.WaitingPlace;
import dev.relay.core.store.Store;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.live.WebDesk;
import dev.relay.http.view.DeskViews;
import dev.relay.http.view.TranscriptViews;
import dev.relay.http.view.Views;
import dev.relay.http.view.WaitingPlaces;
import dev.relay.http.web.IntakeAnswers;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Page;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** The routes for conversations at Relay's own desk. */
public final class ConversationRoutes {
  private static final String PATH = "/api/v1/conversations";
  private static final int TRANSCRIPT = 200;
  private static final int MAX_TRANSCRIPT = 500;

  private final OrderedSubmissions desk;
  private final Store store;
  private final TranscriptViews transcripts;
  private final Web web;

  public ConversationRoutes(
      OrderedSubmissions desk, Store store, TranscriptViews transcripts, Web web) {
    this.desk = desk;
    this.store = store;
    this.transcripts = transcripts;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.VIEWER, HandlerType.GET, PATH, this::list);
    routes.agent(Role.VIEWER, HandlerType.GET, PATH + "/{id}", this::read);
    routes.agent(Role.AGENT, HandlerType.POST, PATH + "/{id}/accept", this::accept);
    routes.agent(Role.AGENT, HandlerType.POST, PATH + "/{id}/decline", this::decline);
    routes.agent(Role.SUPERVISOR, HandlerType.POST, PATH + "/{id}/take-over", this::takeOver);
    routes.agent(Role.AGENT, HandlerType.POST, PATH + "/{id}/messages", this::send);
    routes.agent(Role.AGENT, HandlerType.PATCH, PATH + "/{id}/messages/{messageId}", this::edit);
    routes.agent(Role.AGENT, HandlerType.DELETE, PATH + "/{id}/messages/{messageId}", this::delete);
    routes.agent(Role.AGENT, HandlerType.POST, PATH + "/{id}/leave", this::leave);
    routes.agent(Role.AGENT, HandlerType.POST, PATH + "/{id}/end", this::end);
  }

  private void list(Context ctx, AgentIdentity agent) {
    Optional<ConversationState> state = web.requests()
        .query(ctx, "state", 20)
        .map(text -> Texts.oneOf("state", text, ConversationState.values()));
    boolean mine = web.requests().flag(ctx, "mine");
    Optional<CustomerId> customer = web.requests().id(ctx, "customer").map(CustomerId::new);
    if (state.equals(Optional.of(ConversationState.WAITING)) && !mine && customer.isEmpty()) {
      listWaiting(ctx, agent);
      return;
    }
    Optional<ConversationId> after = web.requests().id(ctx, "after").map(ConversationId::new);
    int limit = web.requests().limit(ctx);
    Page<Views.ConversationItem> page = store.read(queries -> Page.of(
        queries.conversations(
            new ConversationFilter(
                states(state, mine, customer),
                mine ? Optional.of(agent.username()) : Optional.empty(),
                customer,
                agent.scope(queries),
                true),
            after,
            limit + 1),
        limit,
        conversation -> DeskViews.item(queries, conversation),
        conversation -> conversation.id().toString()));
    web.answers().json(ctx, 200, page);
  }

  /** Lists who has waited longest first, regardless of the conversations' numbers. */
  private void listWaiting(Context ctx, AgentIdentity agent) {
    Optional<WaitingPlace> after = web.requests().query(ctx, "after", 40).map(WaitingPlaces::read);
    int limit = web.requests().limit(ctx);
    web.answers()
        .json(
            ctx,
            200,
            store.read(queries -> Page.of(
                queries.waitingWithin(agent.scope(queries), after, limit + 1),
                limit,
                conversation -> DeskViews.item(queries, conversation),
                WaitingPlaces::write)));
  }

  private static Set<ConversationState> states(
      Optional<ConversationState> state, boolean mine, Optional<CustomerId> customer) {
    if (state.isPresent()) {
      return Set.of(state.get());
    }
    if (mine) {
      return Set.of(ConversationState.LIVE);
    }
    return customer.isPresent()
        ? Set.of()
        : EnumSet.complementOf(EnumSet.of(ConversationState.CLOSED));
  }

  private void read(Context ctx, AgentIdentity agent) {
    ConversationId id = id(ctx);
    Optional<EntryId> before = web.requests().id(ctx, "before").map(EntryId::new);
    EntryId after = new EntryId(web.requests().id(ctx, "after").orElse(0L));
    boolean fromEnd = before.isPresent() || web.requests().flag(ctx, "last");
    int limit = web.requests().limit(ctx, TRANSCRIPT, MAX_TRANSCRIPT);
    web.answers()
        .json(
            ctx,
            200,
            store.read(queries -> fromEnd
                ? latest(queries, agent, id, before, limit)
                : detail(queries, agent, id, after, limit)));
  }

  private Views.ConversationDetail detail(
      Queries queries, AgentIdentity agent, ConversationId id, EntryId after, int limit) {
    Conversation conversation = DeskObjects.conversation(queries, agent, id);
    List<TranscriptEntry> entries = queries.transcript(id, after, limit + 1);
    boolean more = entries.size() > limit;
    List<TranscriptEntry> shown = more ? entries.subList(0, limit) : entries;
    return DeskViews.detail(
        queries,
        agent.scope(queries),
        conversation,
        transcripts.items(queries, id, conversation.locale(), shown),
        more ? shown.get(limit - 1).id().toString() : null,
        null);
  }

  private Views.ConversationDetail latest(
      Queries queries,
      AgentIdentity agent,
      ConversationId id,
      Optional<EntryId> before,
      int limit) {
    Conversation conversation = DeskObjects.conversation(queries, agent, id);
    EntryId upTo = new EntryId(before.map(entry -> entry.value() - 1).orElse(Long.MAX_VALUE));
    List<TranscriptEntry> entries = queries.latestEntries(id, upTo, limit + 1);
    boolean more = entries.size() > limit;
    List<TranscriptEntry> shown = more ? entries.subList(1, entries.size()) : entries;
    return DeskViews.detail(
        queries,
        agent.scope(queries),
        conversation,
        transcripts.items(queries, id, conversation.locale(), shown),
        null,
        more ? shown.get(0).id().toString() : null);
  }

  private void accept(Context ctx, AgentIdentity agent) {
    ConversationId id = id(ctx);
    submit(
        ctx,
        agent,
        id,
        new DeskEvent.AgentJoined(id, Optional.empty(), WebDesk.ID, agent.participant()),
        this::item);
  }

  /** Declines the offer of a conversation, which is offered to the next agent then; without an offer nothing changes. */
  private void decline(Context ctx, AgentIdentity agent) {
    ConversationId id = id(ctx);
    submit(
        ctx,
        agent,
        id,
        new DeskEvent.OfferDeclined(id, Optional.empty(), agent.participant()),
        this::item);
  }

  /** Takes a conversation over from an agent who may be away. Supervisors may do so. */
  private void takeOver(Context ctx, AgentIdentity agent) {
    ConversationId id = id(ctx);
    submit(
        ctx,
        agent,
        id,
        new DeskEvent.AgentTookOver(id, Optional.empty(), WebDesk.ID, agent.participant()),
        this::item);
  }

  private void send(Context ctx, AgentIdentity agent) throws IOException {
    ConversationId id = id(ctx);
    JsonFields body = web.requests()
        .textFields(
            ctx, "text", "attachments", "articles", "clientMessageId", OrderedSubmissions.BEFORE);
    DeskEvent message = desk.message(body, agent, id);
    answer(ctx, id, desk.submit(body, agent, message), this::accepted);
  }

  private void edit(Context ctx, AgentIdentity agent) throws IOException {
    ConversationId id = id(ctx);
    EntryRef target = message(ctx);
    String text = web.requests().textFields(ctx, "text").text("text", MessageBody.MAX_TEXT);
    submit(
        ctx,
        agent,
        id,
        new DeskEvent.AgentEdited(id, Optional.empty(), agent.participant(), target, text),
        this::accepted);
  }

  private void delete(Context ctx, AgentIdentity agent) {
    ConversationId id = id(ctx);
    submit(
        ctx,
        agent,
        id,
        new DeskEvent.AgentDeleted(id, Optional.empty(), agent.participant(), message(ctx)),
        this::accepted);
  }

  private void leave(Context ctx, AgentIdentity agent) throws IOException {
    ConversationId id = id(ctx);
    JsonFields body = web.requests().optionalTextFields(ctx, OrderedSubmissions.BEFORE);
    DeskEvent event = new DeskEvent.AgentLeft(id, Optional.empty(), agent.participant());
    submitAfter(ctx, agent, id, body, event);
  }

  private void end(Context ctx, AgentIdentity agent) throws IOException {
    ConversationId id = id(ctx);
    CaseStatus[] endings = {CaseStatus.SOLVED, CaseStatus.PENDING, CaseStatus.OPEN};
    JsonFields body = web.requests().textFields(ctx, "caseStatus", OrderedSubmissions.BEFORE);
    CaseStatus status = body.oneOf("caseStatus", endings);
    DeskEvent event = new DeskEvent.AgentEnded(id, Optional.empty(), agent.participant(), status);
    submitAfter(ctx, agent, id, body, event);
  }

  /** Submits an event after the messages that the request carries. */
  private void submitAfter(
      Context ctx, AgentIdentity agent, ConversationId id, JsonFields body, DeskEvent event) {
    store.read(queries -> DeskObjects.conversation(queries, agent, id));
    answer(ctx, id, desk.submit(body, agent, event), this::item);
  }

  private void submit(
      Context ctx,
      AgentIdentity agent,
      ConversationId id,
      DeskEvent event,
      BiConsumer<Context, Receipt> answer) {
    store.read(queries -> DeskObjects.conversation(queries, agent, id));
    answer(ctx, id, desk.submit(event), answer);
  }

  private void answer(
      Context ctx,
      ConversationId id,
      CompletableFuture<IntakeResult> result,
      BiConsumer<Context, Receipt> answer) {
    web.answers().later(ctx, result, done -> {
      try {
        answer.accept(ctx, IntakeAnswers.receipt(done));
      } catch (Problem problem) {
        throw problem.status() == 409 ? withAgent(problem, id) : problem;
      }
    });
  }

  /** Adds the agent who has the conversation, for an agent who was too late. */
  private Problem withAgent(Problem problem, ConversationId id) {
    return store
        .read(queries -> queries.conversation(id).flatMap(DeskViews::agent))
        .map(Participant::displayName)
        .map(name -> problem.with("agent", name))
        .orElse(problem);
  }

  private void item(Context ctx, Receipt receipt) {
    Optional<Views.ConversationItem> item = store.read(queries ->
        queries.conversation(receipt.conversation()).map(found -> DeskViews.item(queries, found)));
    web.answers().json(ctx, 200, item.orElseThrow(ConversationRoutes::unknown));
  }

  private void accepted(Context ctx, Receipt receipt) {
    web.answers().json(ctx, 202, IntakeAnswers.accepted(receipt));
  }

  private ConversationId id(Context ctx) {
    return new ConversationId(web.requests().pathId(ctx, "id", "conversation"));
  }

  private EntryRef message(Context ctx) {
    return new EntryRef.ById(new EntryId(web.requests().pathId(ctx, "messageId", "message")));
  }

  private static Problem unknown() {
    return Problem.notFound("no such conversation");
  }
}
