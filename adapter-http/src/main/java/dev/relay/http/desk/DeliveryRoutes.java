package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.operations.DeadLetters;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.view.DeskViews;
import dev.relay.http.view.Views;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Page;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The routes for dead letters: deliveries that have failed and need a decision. */
public final class DeliveryRoutes {
  private static final String PATH = "/api/v1/deliveries";
  private static final int MAX_PORT = 50;
  private static final int MAX_REASON = 500;

  private final DeadLetters deadLetters;
  private final Store store;
  private final Web web;

  public DeliveryRoutes(DeadLetters deadLetters, Store store, Web web) {
    this.deadLetters = deadLetters;
    this.store = store;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.SUPERVISOR, HandlerType.GET, PATH, this::list);
    routes.agent(
        Role.AGENT,
        HandlerType.POST,
        PATH + "/{id}/retry",
        (ctx, agent) -> act(ctx, agent, deadLetters::retry));
    routes.agent(
        Role.AGENT,
        HandlerType.POST,
        PATH + "/{id}/skip",
        (ctx, agent) -> act(ctx, agent, deadLetters::skip));
    routes.agent(
        Role.SUPERVISOR,
        HandlerType.POST,
        PATH + "/retry",
        (ctx, agent) -> actOnAll(ctx, agent, deadLetters::retryAll));
    routes.agent(
        Role.SUPERVISOR,
        HandlerType.POST,
        PATH + "/skip",
        (ctx, agent) -> actOnAll(ctx, agent, deadLetters::skipAll));
  }

  record ActedOnAll(int count) {}

  record ParkedDelivery(
      String id,
      @Nullable String conversationId,
      String destination,
      String port,
      @Nullable String entryId,
      @Nullable String kind,
      String text,
      int attempts,
      @Nullable String lastError,
      Views.@Nullable FailureReason failureReason,
      String parkedAt,
      long depth) {}

  record Acted(String id) {}

  private void list(Context ctx, AgentIdentity agent) {
    String state = web.requests().query(ctx, "state", 20).orElse("parked");
    if (!state.equals("parked")) {
      throw Problem.invalid("state", "state must be parked");
    }
    Optional<LaneKey> after = web.requests()
        .query(ctx, "after", 60)
        .map(text -> LaneKey.parse(text)
            .orElseThrow(() -> Problem.invalid("after", "after must be the id of a delivery")));
    int limit = web.requests().limit(ctx);
    Page<ParkedDelivery> page = store.read(queries -> Page.of(
        queries.parkedLanes(after, limit + 1),
        limit,
        lane -> view(queries, lane),
        lane -> lane.key().toString()));
    web.answers().json(ctx, 200, page);
  }

  private static ParkedDelivery view(Queries queries, Lane lane) {
    Optional<TranscriptEntry> head = queries.laneEntry(lane.key(), lane.doneSequence() + 1);
    long conversation = lane.key().conversation().value();
    return new ParkedDelivery(
        lane.key().toString(),
        conversation == 0 ? null : Long.toString(conversation),
        lane.key().destination().isAnnouncement()
            ? "announcement"
            : Texts.lower(lane.key().destination()),
        lane.port().value(),
        head.map(entry -> entry.id().toString()).orElse(null),
        head.map(entry -> kind(entry.content())).orElse(null),
        head.map(entry -> DeskViews.shortText(entry.content())).orElse(""),
        lane.attempts(),
        lane.lastError().orElse(null),
        Views.FailureReason.of(lane.lastError().orElse(null)),
        lane.parkedAt().map(Instant::toString).orElse(""),
        lane.depth());
  }

  private static String kind(EntryContent content) {
    return content.getClass().getSimpleName();
  }

  private void act(
      Context ctx,
      AgentIdentity agent,
      BiFunction<LaneKey, Participant, CompletableFuture<Boolean>> action) {
    LaneKey lane = LaneKey.parse(ctx.pathParam("id")).orElseThrow(DeliveryRoutes::unknown);
    store.read(queries -> {
      Lane found = queries.lane(lane).orElseThrow(DeliveryRoutes::unknown);
      // Announcements belong to no conversation, and so to nobody's queue.
      boolean isSeen = agent.is(Role.SUPERVISOR)
          || queries
              .conversation(lane.conversation())
              .filter(it -> DeskViews.isSeen(agent.scope(queries), it))
              .isPresent();
      if (!isSeen) {
        throw unknown();
      }
      return found;
    });
    web.answers().later(ctx, action.apply(lane, agent.participant()), done -> {
      if (!done) {
        throw Problem.conflict("not-parked", "delivery " + lane + " is no longer parked");
      }
      web.answers().json(ctx, 200, new Acted(lane.toString()));
    });
  }

  /** Acts on all parked lanes of a port whose reason contains a text. */
  private void actOnAll(Context ctx, AgentIdentity agent, BulkAction action) throws IOException {
    JsonFields body = web.requests().fields(ctx, "port", "reason");
    PortId port = body.optional("port", MAX_PORT, PortId::new)
        .orElseThrow(() -> Problem.invalid("port", "port is missing: the port of the deliveries"));
    String reason = body.optionalText("reason", 0, MAX_REASON).orElse("");
    web.answers()
        .later(
            ctx,
            action.on(port, reason, agent.participant()),
            count -> web.answers().json(ctx, 200, new ActedOnAll(count)));
  }

  private interface BulkAction {
    CompletableFuture<Integer> on(PortId port, String reason, Participant actor);
  }

  private static Problem unknown() {
    return Problem.notFound("no such delivery");
  }
}
