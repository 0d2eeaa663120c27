package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.Customers;
import dev.relay.core.id.CustomerId;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.view.Views;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The routes that block and unblock customers. */
public final class CustomerRoutes {
  private static final String PATH = "/api/v1/customers/{id}/block";
  private static final int MAX_TIME = 40;

  private final Customers customers;
  private final Web web;
  private final InstantSource clock;

  public CustomerRoutes(Customers customers, Web web, InstantSource clock) {
    this.customers = customers;
    this.web = web;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.AGENT, HandlerType.PUT, PATH, this::block);
    routes.agent(
        Role.AGENT, HandlerType.DELETE, PATH, (ctx, agent) -> change(ctx, Optional.empty()));
  }

  private void block(Context ctx, AgentIdentity agent) throws IOException {
    JsonFields body = web.requests().fields(ctx, "reason", "until");
    String reason = Texts.line("reason", body.text("reason", Customers.MAX_REASON));
    Optional<Instant> until = body.optional("until", MAX_TIME, Texts::time);
    if (until.isPresent() && !until.get().isAfter(clock.instant())) {
      throw Problem.invalid(
          "until", "until must be in the future; leave it out to block permanently");
    }
    change(ctx, Optional.of(new Customer.Block(reason, until)));
  }

  private void change(Context ctx, Optional<Customer.Block> block) {
    CustomerId id = new CustomerId(web.requests().pathId(ctx, "id", "customer"));
    web.answers()
        .later(
            ctx,
            customers.block(id, block),
            changed -> web.answers()
                .json(
                    ctx,
                    200,
                    changed
                        .map(Views.CustomerView::of)
                        .orElseThrow(() -> Problem.notFound("no such customer"))));
  }
}
