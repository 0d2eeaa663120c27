package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.Cases;
import dev.relay.core.cases.Cases.CaseResult;
import dev.relay.core.cases.Cases.NewCase;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.QueueName;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.live.LiveStreams;
import dev.relay.http.view.CaseViews;
import dev.relay.http.view.DeskViews;
import dev.relay.http.view.Views;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Page;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Requests;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The routes for cases and their notes. */
public final class CaseRoutes {
  private static final String PATH = "/api/v1/cases";
  private static final int MAX_STATUSES = 6;
  private static final int MAX_TIME = 40;

  private final Cases cases;
  private final Store store;
  private final Colleagues colleagues;
  private final LiveStreams live;
  private final Web web;

  public CaseRoutes(Cases cases, Store store, Colleagues colleagues, LiveStreams live, Web web) {
    this.cases = cases;
    this.store = store;
    this.colleagues = colleagues;
    this.live = live;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.VIEWER, HandlerType.GET, PATH, this::list);
    routes.agent(Role.AGENT, HandlerType.POST, PATH, this::open);
    routes.agent(Role.VIEWER, HandlerType.GET, PATH + "/{number}", this::read);
    routes.agent(Role.AGENT, HandlerType.PATCH, PATH + "/{number}", this::change);
    routes.agent(Role.AGENT, HandlerType.POST, PATH + "/{number}/notes", this::addNote);
    routes.agent(Role.AGENT, HandlerType.POST, PATH + "/{number}/merge", this::merge);
  }

  private void list(Context ctx, AgentIdentity agent) {
    if (ctx.queryParams("status").size() > MAX_STATUSES) {
      throw Problem.invalid("status", "status may be given at most " + MAX_STATUSES + " times");
    }
    Set<CaseStatus> statuses = new HashSet<>();
    ctx.queryParams("status").stream()
        .filter(text -> !text.isBlank())
        .forEach(text -> statuses.add(Texts.oneOf("status", text, CaseStatus.values())));
    CaseFilter filter = new CaseFilter(
        statuses,
        web.requests()
            .query(ctx, "kind", 30)
            .map(text -> Texts.oneOf("kind", text, CaseKind.values())),
        web.requests().id(ctx, "customer").map(CustomerId::new),
        web.requests().query(ctx, "assignee", 200),
        web.requests().query(ctx, "q", 200));
    boolean all = web.requests().flag(ctx, "snoozed");
    Optional<CaseNumber> after = web.requests().id(ctx, "after").map(CaseNumber::new);
    int limit = web.requests().limit(ctx);
    Function<Queries, Page<Views.CaseItem>> query = queries -> Page.of(
        queries.cases(
            (all ? filter : filter.awake()).within(agent.scope(queries)), after, limit + 1),
        limit,
        found -> DeskViews.caseItem(queries, found),
        found -> Long.toString(found.number().value()));
    web.answers()
        .json(ctx, 200, filter.text().isPresent() ? store.search(query) : store.read(query));
  }

  private void read(Context ctx, AgentIdentity agent) {
    CaseNumber number = number(ctx, agent);
    answer(ctx, number);
  }

  private void open(Context ctx, AgentIdentity agent) throws IOException {
    JsonFields body = web.requests()
        .textFields(
            ctx, "customerId", "kind", "subject", "description", "priority", "tags", "queue");
    CustomerId customer =
        new CustomerId(Requests.number("customerId", body.text("customerId", 18)));
    NewCase wanted = new NewCase(
        customer,
        body.oneOf("kind", CaseKind.values()),
        body.optionalOneOf("priority", CasePriority.values()).orElse(CasePriority.NORMAL),
        Texts.line("subject", body.text("subject", SupportCase.MAX_SUBJECT)),
        body.optionalText("description", 0, SupportCase.MAX_DESCRIPTION).orElse(""),
        Map.of(),
        body.lines("tags", SupportCase.MAX_TAGS, SupportCase.MAX_TAG),
        body.optional("queue", 50, QueueName::new).orElse(QueueName.DEFAULT));
    if (!store.read(queries -> DeskObjects.hasCustomer(queries, agent, customer))) {
      throw Problem.invalid("customerId", "customerId must be the id of a customer");
    }
    web.answers().later(ctx, cases.open(wanted, agent.participant()), result -> {
      answer(ctx, shown(saved(result)));
      ctx.status(201);
    });
  }

  private void change(Context ctx, AgentIdentity agent) throws IOException {
    CaseNumber number = number(ctx, agent);
    JsonFields body = web.requests()
        .fields(
            ctx,
            "status",
            "priority",
            "kind",
            "subject",
            "tags",
            "queue",
            "assignee",
            "snoozedUntil",
            "version");
    CaseChange change = new CaseChange(
        body.optionalOneOf("status", CaseStatus.values()),
        body.optionalOneOf("priority", CasePriority.values()),
        body.optionalOneOf("kind", CaseKind.values()),
        body.optionalText("subject", 1, SupportCase.MAX_SUBJECT)
            .map(text -> Texts.line("subject", text)),
        body.has("tags")
            ? Optional.of(body.lines("tags", SupportCase.MAX_TAGS, SupportCase.MAX_TAG))
            : Optional.empty(),
        body.optional("queue", 50, QueueName::new),
        body.has("assignee") ? Optional.of(colleagues.assignee(body)) : Optional.empty(),
        body.has("snoozedUntil")
            ? Optional.of(body.optional("snoozedUntil", MAX_TIME, Texts::time))
            : Optional.empty());
    web.answers()
        .later(
            ctx,
            cases.change(
                number,
                change,
                agent.participant(),
                body.optionalNumber("version", 0, Long.MAX_VALUE)),
            result -> answer(ctx, shown(saved(result))));
  }

  private void merge(Context ctx, AgentIdentity agent) throws IOException {
    CaseNumber duplicate = number(ctx, agent);
    JsonFields body = web.requests().textFields(ctx, "into", "reason");
    CaseNumber into = CaseNumber.parse(body.text("into", 20))
        .orElseThrow(() -> Problem.invalid("into", "into must be the number of a case"));
    String reason = Texts.line("reason", body.text("reason", SupportCase.Merge.MAX_REASON));
    store.read(queries -> DeskObjects.supportCase(queries, agent, into));
    web.answers().later(ctx, cases.merge(duplicate, into, agent.participant(), reason), result -> {
      live.casesChanged(List.of(duplicate));
      answer(ctx, shown(saved(result)));
    });
  }

  private void addNote(Context ctx, AgentIdentity agent) throws IOException {
    SupportCase about = DeskObjects.supportCase(ctx, agent, store, web);
    String text = web.requests().textFields(ctx, "text").text("text", CaseNote.MAX_TEXT);
    colleagues.checkMentions(text, store, about.queue(), about.assignee());
    web.answers().later(ctx, cases.addNote(about.number(), agent.participant(), text), result -> {
      if (result instanceof CaseResult.Noted noted) {
        // A case need not have a conversation whose change would wake the streams of whoever is
        // mentioned.
        live.casesChanged(List.of(about.number()));
        web.answers().json(ctx, 201, CaseViews.note(noted.note()));
      } else {
        throw problem(result);
      }
    });
  }

  private void answer(Context ctx, CaseNumber number) {
    Optional<Views.CaseDetail> detail = store.read(
        queries -> queries.supportCase(number).map(found -> CaseViews.detail(queries, found)));
    web.answers().json(ctx, 200, detail.orElseThrow(CaseRoutes::unknown));
  }

  private static CaseNumber saved(CaseResult result) {
    if (result instanceof CaseResult.Saved saved) {
      return saved.supportCase().number();
    }
    throw problem(result);
  }

  /** Shows the windows of other agents that a case has changed. */
  private CaseNumber shown(CaseNumber number) {
    live.casesChanged(List.of(number));
    return number;
  }

  static Problem problem(CaseResult result) {
    if (result instanceof CaseResult.UnknownCase) {
      return unknown();
    }
    if (result instanceof CaseResult.Outdated outdated) {
      return Problem.conflict(
              "outdated",
              "somebody else changed the case meanwhile: its version is "
                  + outdated.current().version())
          .with("field", "version");
    }
    if (result instanceof CaseResult.Refused refused) {
      return refused.field().equals("status")
          ? Problem.conflict("illegal-transition", refused.reason()).with("field", "status")
          : Problem.invalid(refused.field(), refused.reason());
    }
    throw new IllegalStateException("unexpected " + result.getClass().getSimpleName());
  }

  /** Returns the number of the case in the path, which the agent may see. */
  private CaseNumber number(Context ctx, AgentIdentity agent) {
    return DeskObjects.supportCase(ctx, agent, store, web).number();
  }

  private static Problem unknown() {
    return Problem.notFound("no such case");
  }
}
