package dev.relay.http.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.relay.core.delivery.Health;
import dev.relay.http.access.Authentication;
import dev.relay.http.access.RouteTable;
import dev.relay.http.web.Answers;
import dev.relay.http.web.Damage;
import dev.relay.http.web.Memoizer;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The routes for liveness, readiness and metrics. Anybody may call them, so answers are cached for a second. */
public final class OperationRoutes {
  private static final String LIVE = "{\"status\":\"up\"}";
  private static final String DAMAGED = "{\"status\":\"damaged\"}";
  private static final String MEMORY = "memory";

  private final Memoizer<Map<String, Health>> health;
  private final Memoizer<String> metrics;
  private final Damage damage;
  private final Authentication authentication;
  private final Web web;

  public OperationRoutes(
      Memoizer<Map<String, Health>> health,
      Memoizer<String> metrics,
      Damage damage,
      Authentication authentication,
      Web web) {
    this.health = health;
    this.metrics = metrics;
    this.damage = damage;
    this.authentication = authentication;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.open(HandlerType.GET, "/livez", this::liveness);
    routes.open(HandlerType.GET, "/readyz", this::readiness);
    routes.open(
        HandlerType.GET,
        "/metrics",
        ctx -> Answers.type(ctx, "text/plain; version=0.0.4; charset=utf-8").result(metrics.get()));
  }

  /** Uses nothing but constants: it must answer whatever has happened to the process. */
  private void liveness(Context ctx) {
    boolean damaged = damage.isDone();
    Answers.type(ctx.status(damaged ? 503 : 200), "application/json")
        .result(damaged ? DAMAGED : LIVE);
  }

  record Readiness(boolean ready, Map<String, Component> components) {}

  /** The detail is only for operators: it may contain file names, addresses and errors. */
  record Component(
      boolean ready,
      boolean needed,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String detail) {}

  private void readiness(Context ctx) {
    boolean detailed = web.isFromHere(ctx) || authentication.isAgent(ctx);
    Map<String, Component> components = new TreeMap<>();
    health
        .get()
        .forEach((name, how) -> components.put(
            name, new Component(how.ready(), how.needed(), detailed ? how.detail() : null)));
    if (damage.isDone()) {
      components.put(
          MEMORY,
          new Component(
              false, true, detailed ? "an error has damaged the process: restart it" : null));
    }
    boolean ready = components.values().stream().allMatch(it -> it.ready() || !it.needed());
    web.answers().json(ctx, ready ? 200 : 503, new Readiness(ready, components));
  }
}
