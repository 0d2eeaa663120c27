package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.workspace.Workspace.Fault;
import dev.relay.core.workspace.Workspace.SavedView;
import dev.relay.core.workspace.Workspace.SavedViews;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Page;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The routes for saved views of the list of conversations. Thread-safe. */
public final class SavedViewRoutes {
  private static final String PATH = "/api/v1/views";

  private final SavedViews views;
  private final Web web;

  public SavedViewRoutes(SavedViews views, Web web) {
    this.views = views;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.VIEWER, HandlerType.GET, PATH, this::list);
    routes.agent(Role.VIEWER, HandlerType.POST, PATH, this::save);
    routes.agent(Role.VIEWER, HandlerType.DELETE, PATH + "/{id}", this::remove);
  }

  record ViewItem(String id, boolean shared, String name, Map<String, String> filters) {
    static ViewItem of(SavedView view) {
      return new ViewItem(
          Long.toString(view.id()), view.owner().isEmpty(), view.name(), view.filters());
    }
  }

  private void list(Context ctx, AgentIdentity agent) {
    List<ViewItem> items = views.of(agent.username()).stream().map(ViewItem::of).toList();
    web.answers().json(ctx, 200, new Page<>(items, null));
  }

  /** Stores a view, in place of the owner's earlier one of that name. */
  private void save(Context ctx, AgentIdentity agent) throws IOException {
    JsonFields body = web.requests().textFields(ctx, "shared", "name", "filters");
    SavedView wanted = new SavedView(
        0,
        body.optionalFlag("shared").orElse(false)
            ? Optional.empty()
            : Optional.of(agent.username()),
        Texts.line("name", body.text("name", SavedView.MAX_NAME)),
        body.textsByName("filters", SavedView.FIELDS.size(), SavedView.MAX_VALUE));
    requireRoleFor(wanted, agent);
    Optional<Fault> fault = wanted.fault();
    if (fault.isPresent()) {
      throw Problem.invalid(fault.get().field(), fault.get().reason());
    }
    SavedView saved = views
        .save(wanted)
        .orElseThrow(() -> Problem.conflict(
            "too-many-views", "there may be at most " + SavedViews.MOST + " saved views"));
    web.answers().json(ctx, 200, ViewItem.of(saved));
  }

  private void remove(Context ctx, AgentIdentity agent) {
    SavedView view = views
        .find(web.requests().pathId(ctx, "id", "view"))
        .filter(found -> found.isVisibleTo(agent.username()))
        .orElseThrow(SavedViewRoutes::unknown);
    requireRoleFor(view, agent);
    if (!views.remove(view.id())) {
      throw unknown();
    }
    web.answers().nothing(ctx);
  }

  /** The views of the team are changed by supervisors. */
  private static void requireRoleFor(SavedView view, AgentIdentity agent) {
    if (view.owner().isEmpty()) {
      agent.require(Role.SUPERVISOR);
    }
  }

  private static Problem unknown() {
    return Problem.notFound("no such view");
  }
}
