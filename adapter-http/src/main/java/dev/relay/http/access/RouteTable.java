package dev.relay.http.access;

import dev.relay.core.access.AgentAccount;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All routes, each with who may use it. Handlers receive the customer or the agent only from here, so that no handler can be
 * reached without authentication. Filled by one thread, then only read.
 */
public final class RouteTable {

  /** The kinds of clients that may use a route. */
  public enum Access {
    /** Anybody. */
    PUBLIC,
    /** A customer with the token of a chat session. */
    CUSTOMER,
    /** A live agent with a session or an API token. */
    AGENT
  }

  /**
   * A route, as in docs/openapi.yaml.
   *
   * @param method the method
   * @param path the path
   * @param access the kind of clients
   * @param least the least role that an agent needs; empty if the route is not for agents
   */
  public record Route(
      HandlerType method, String path, Access access, Optional<AgentAccount.Role> least) {}

  /** Handles a customer's request. */
  @FunctionalInterface
  public interface CustomerHandler {
    void handle(Context ctx, ChatSession session) throws Exception;
  }

  /** Handles an agent's request. */
  @FunctionalInterface
  public interface AgentHandler {
    void handle(Context ctx, AgentIdentity agent) throws Exception;
  }

  private record Entry(Route route, Handler handler) {}

  private final Authentication authentication;
  private final MessagePace reads;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * Creates an empty table.
   *
   * @param reads limits the reading requests of each chat session
   */
  public RouteTable(Authentication authentication, MessagePace reads) {
    this.authentication = authentication;
    this.reads = reads;
  }

  public void open(HandlerType method, String path, Handler handler) {
    add(method, path, Access.PUBLIC, handler);
  }

  public void customer(HandlerType method, String path, CustomerHandler handler) {
    add(method, path, Access.CUSTOMER, ctx -> {
      ChatSession session = authentication.customer(ctx);
      if (method.equals(HandlerType.GET)) {
        reads.count(session.id());
      }
      handler.handle(ctx, session);
    });
  }

  /**
   * Adds a route for agents.
   *
   * @param least the least role that an agent needs; others receive 403
   */
  public void agent(
      AgentAccount.Role least, HandlerType method, String path, AgentHandler handler) {
    Handler checked = ctx -> {
      AgentIdentity agent = authentication.agent(ctx);
      agent.require(least);
      handler.handle(ctx, agent);
    };
    entries.add(new Entry(new Route(method, path, Access.AGENT, Optional.of(least)), checked));
  }

  private void add(HandlerType method, String path, Access access, Handler handler) {
    entries.add(new Entry(new Route(method, path, access, Optional.empty()), handler));
  }

  /** Returns every route, in the order in which they were added. */
  public List<Route> routes() {
    return entries.stream().map(Entry::route).toList();
  }

  /** Registers all routes. HEAD is authenticated like GET; otherwise the server would answer it for strangers. */
  public void register(RoutesConfig target) {
    for (Entry entry : entries) {
      Route route = entry.route();
      target.addHttpHandler(route.method(), route.path(), entry.handler());
      if (route.method().equals(HandlerType.GET)) {
        target.addHttpHandler(HandlerType.HEAD, route.path(), entry.handler());
      }
    }
  }
}
