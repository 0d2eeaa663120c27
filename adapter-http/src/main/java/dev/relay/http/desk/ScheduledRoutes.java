package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.message.MessageBody;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.chat.ChatRoutes;
import dev.relay.http.live.WebDesk;
import dev.relay.http.web.IntakeAnswers;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The routes for messages to customers that are sent at a later time. */
public final class ScheduledRoutes {
  private static final String OF_CASE = "/api/v1/cases/{number}/scheduled-messages";
  private static final String ONE = "/api/v1/scheduled-messages/{id}";
  private static final int MAX_TIME = 40;
  private static final int MAX_LIST = 100;

  private final WebDesk desk;
  private final Store store;
  private final Web web;
  private final InstantSource clock;

  public ScheduledRoutes(WebDesk desk, Store store, Web web, InstantSource clock) {
    this.desk = desk;
    this.store = store;
    this.web = web;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.VIEWER, HandlerType.GET, OF_CASE, this::list);
    routes.agent(Role.AGENT, HandlerType.POST, OF_CASE, this::plan);
    routes.agent(Role.AGENT, HandlerType.DELETE, ONE, this::cancel);
  }

  /**
   * A message that is sent later, or was to be.
   *
   * @param id its id
   * @param sendAt when it is sent
   * @param state what became of it: waiting, sent, cancelled or failed
   * @param agent the name of its author
   * @param text the text
   * @param failure the code of the reason why it was not sent
   * @param reason the reason why it was not sent, for people
   */
  public record ScheduledView(
      String id,
      String sendAt,
      String state,
      String agent,
      String text,
      @Nullable String failure,
      @Nullable String reason) {
    static ScheduledView of(Scheduled scheduled) {
      return new ScheduledView(
          Long.toString(scheduled.id()),
          scheduled.at().toString(),
          Texts.lower(scheduled.state()),
          scheduled.message().agent().nameForColleagues(),
          scheduled.message().body().text(),
          scheduled
              .failure()
              .map(failure -> Texts.lower(failure.code()).replace('_', '-'))
              .orElse(null),
          scheduled.failure().map(failure -> failure.message()).orElse(null));
    }
  }

  /**
   * The messages about a case that are sent later, or were to be, the last planned first.
   *
   * @param items at most 100
   */
  public record ScheduledList(List<ScheduledView> items) {}

  private void list(Context ctx, AgentIdentity agent) {
    answer(ctx, 200, number(ctx, agent));
  }

  private void plan(Context ctx, AgentIdentity agent) throws IOException {
    CaseNumber number = number(ctx, agent);
    JsonFields body = web.requests().textFields(ctx, "text", "sendAt", "clientMessageId");
    Optional<String> clientId = body.optionallyMatching(
        "clientMessageId", ChatRoutes.CLIENT_MESSAGE_ID, ChatRoutes.CLIENT_MESSAGE_ID_ALLOWED);
    String text = body.text("text", MessageBody.MAX_TEXT);
    Instant at = body.optional("sendAt", MAX_TIME, Texts::time)
        .orElseThrow(() -> Problem.invalid("sendAt", "sendAt must be the time to send it"));
    Instant now = clock.instant();
    if (!at.isAfter(now) || at.isAfter(now.plus(Scheduled.MAX_AHEAD))) {
      throw Problem.invalid(
          "sendAt",
          "sendAt must be a time from now to " + Scheduled.MAX_AHEAD.toDays() + " days ahead");
    }
    DeskEvent event = new DeskEvent.MessageScheduled(
        new AgentWroteFirst(
            store.read(queries -> where(number, queries)),
            clientId.map(name ->
                new EventKey("desk", agent.username() + ":later" + number.value() + ":" + name)),
            WebDesk.ID,
            agent.participant(),
            Optional.of(number),
            clientId,
            MessageBody.text(text)),
        at);
    web.answers().later(ctx, desk.submit(event), result -> {
      var unused = IntakeAnswers.receipt(result);
      answer(ctx, 201, number);
    });
  }

  private static ConversationId where(CaseNumber number, Queries queries) {
    SupportCase about = queries.supportCase(number).orElseThrow(ScheduledRoutes::unknownCase);
    return FollowUpRoutes.latestOf(about, queries).id();
  }

  private void cancel(Context ctx, AgentIdentity agent) {
    long id = web.requests().pathId(ctx, "id", "scheduled message");
    Scheduled found = store
        .read(queries -> queries.scheduled(id))
        .orElseThrow(() -> Problem.notFound("no such scheduled message"));
    store.read(
        queries -> DeskObjects.conversation(queries, agent, found.message().conversation()));
    DeskEvent event = new DeskEvent.ScheduleCancelled(
        found.message().conversation(), Optional.empty(), agent.participant(), id);
    web.answers().later(ctx, desk.submit(event), result -> {
      var unused = IntakeAnswers.receipt(result);
      Scheduled now = store.read(queries -> queries.scheduled(id)).orElse(found);
      web.answers().json(ctx, 200, ScheduledView.of(now));
    });
  }

  private void answer(Context ctx, int status, CaseNumber number) {
    ScheduledList list = store.read(queries -> {
      SupportCase about = queries.supportCase(number).orElseThrow(ScheduledRoutes::unknownCase);
      return new ScheduledList(queries.scheduledFor(about.customer(), MAX_LIST).stream()
          .filter(it -> it.message()
              .supportCase()
              .flatMap(queries::remainingCase)
              .filter(remaining -> remaining.number().equals(number))
              .isPresent())
          .map(ScheduledView::of)
          .toList());
    });
    web.answers().json(ctx, status, list);
  }

  /** Returns the number of the case in the path, which the agent may see. */
  private CaseNumber number(Context ctx, AgentIdentity agent) {
    return DeskObjects.supportCase(ctx, agent, store, web).number();
  }

  private static Problem unknownCase() {
    return Problem.notFound("no such case");
  }
}
