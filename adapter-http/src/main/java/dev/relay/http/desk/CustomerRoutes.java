package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.Customers;
import dev.relay.core.customer.Customers.MergeResult;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.CustomerId;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.Store;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.live.LiveStreams;
import dev.relay.http.view.DeskViews;
import dev.relay.http.view.Views;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Requests;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The routes that show, block and unblock customers, and merge those who are the same. */
public final class CustomerRoutes {
  private static final String PATH = "/api/v1/customers/{id}";
  private static final String BLOCK = PATH + "/block";
  private static final int MAX_TIME = 40;
  /** The latest cases that windows may show when a customer is merged or separated. */
  private static final int MOST_SHOWN = 100;

  private final Customers customers;
  private final Store store;
  private final LiveStreams live;
  private final Web web;
  private final InstantSource clock;

  public CustomerRoutes(
      Customers customers, Store store, LiveStreams live, Web web, InstantSource clock) {
    this.customers = customers;
    this.store = store;
    this.live = live;
    this.web = web;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes.agent(
        Role.VIEWER, HandlerType.GET, PATH, (ctx, agent) -> answer(ctx, agent, id(ctx, agent)));
    routes.agent(Role.AGENT, HandlerType.POST, PATH + "/merge", this::merge);
    routes.agent(Role.AGENT, HandlerType.POST, PATH + "/separate", this::separate);
    routes.agent(Role.AGENT, HandlerType.PUT, BLOCK, this::block);
    routes.agent(
        Role.AGENT,
        HandlerType.DELETE,
        BLOCK,
        (ctx, agent) -> change(ctx, agent, Optional.empty()));
  }

  private void answer(Context ctx, AgentIdentity agent, CustomerId id) {
    Optional<Views.CustomerDetail> detail =
        store.read(queries -> DeskViews.customerDetail(queries, agent.scope(queries), id));
    web.answers().json(ctx, 200, detail.orElseThrow(CustomerRoutes::unknown));
  }

  private void merge(Context ctx, AgentIdentity agent) throws IOException {
    CustomerId duplicate = id(ctx, agent);
    JsonFields body = web.requests().textFields(ctx, "into", "reason");
    CustomerId into = seen(new CustomerId(Requests.number("into", body.text("into", 18))), agent);
    String reason = Texts.line("reason", body.text("reason", Customers.MAX_REASON));
    web.answers()
        .later(ctx, customers.merge(duplicate, into, agent.participant(), reason), result -> {
          CustomerId remaining = merged(result);
          live.casesChanged(casesOf(remaining));
          answer(ctx, agent, remaining);
        });
  }

  /** Returns the latest cases of a customer and of all who are the same: after a merge or a separation they have other neighbours. */
  private List<CaseNumber> casesOf(CustomerId customer) {
    return store.read(
        queries -> queries.cases(CaseFilter.of(customer), Optional.empty(), MOST_SHOWN).stream()
            .map(SupportCase::number)
            .toList());
  }

  private void separate(Context ctx, AgentIdentity agent) {
    CustomerId id = id(ctx, agent);
    List<CaseNumber> shared = casesOf(id);
    web.answers().later(ctx, customers.separate(id), result -> {
      CustomerId separated = merged(result);
      live.casesChanged(shared);
      answer(ctx, agent, separated);
    });
  }

  private static CustomerId merged(MergeResult result) {
    if (result instanceof MergeResult.Merged merged) {
      return merged.customer().id();
    }
    if (result instanceof MergeResult.Refused refused) {
      throw refused.field().equals("customer")
          ? Problem.conflict("merged", refused.reason()).with("field", refused.field())
          : Problem.invalid(refused.field(), refused.reason());
    }
    throw unknown();
  }

  /** Returns the customer in the path, whom the agent may see. */
  private CustomerId id(Context ctx, AgentIdentity agent) {
    return seen(new CustomerId(web.requests().pathId(ctx, "id", "customer")), agent);
  }

  private CustomerId seen(CustomerId id, AgentIdentity agent) {
    if (!store.read(queries -> DeskObjects.hasCustomer(queries, agent, id))) {
      throw unknown();
    }
    return id;
  }

  private static Problem unknown() {
    return Problem.notFound("no such customer");
  }

  private void block(Context ctx, AgentIdentity agent) throws IOException {
    JsonFields body = web.requests().fields(ctx, "reason", "until");
    String reason = Texts.line("reason", body.text("reason", Customers.MAX_REASON));
    Optional<Instant> until = body.optional("until", MAX_TIME, Texts::time);
    if (until.isPresent() && !until.get().isAfter(clock.instant())) {
      throw Problem.invalid(
          "until", "until must be in the future; leave it out to block permanently");
    }
    change(ctx, agent, Optional.of(new Customer.Block(reason, until)));
  }

  private void change(Context ctx, AgentIdentity agent, Optional<Customer.Block> block) {
    CustomerId id = id(ctx, agent);
    web.answers()
        .later(
            ctx,
            customers.block(id, block),
            changed -> web.answers()
                .json(
                    ctx,
                    200,
                    changed.map(Views.CustomerView::of).orElseThrow(CustomerRoutes::unknown)));
  }
}
