package dev.relay.http;

import dev.relay.core.engine.Health;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Liveness, readiness and metrics. */
final class OperationRoutes {
  private final Supplier<Map<String, Health>> health;
  private final Supplier<String> metrics;
  private final Web web;

  OperationRoutes(Supplier<Map<String, Health>> health, Supplier<String> metrics, Web web) {
    this.health = health;
    this.metrics = metrics;
    this.web = web;
  }

  void addTo(RouteTable routes) {
    routes.open(HandlerType.GET, "/livez", ctx -> web.answers().json(ctx, 200, new Liveness("up")));
    routes.open(HandlerType.GET, "/readyz", this::readiness);
    routes.open(
        HandlerType.GET,
        "/metrics",
        ctx -> Answers.type(ctx, "text/plain; version=0.0.4; charset=utf-8").result(metrics.get()));
  }

  record Liveness(String status) {}

  record Readiness(boolean ready, Map<String, Health> components) {}

  private void readiness(Context ctx) {
    Map<String, Health> components = new TreeMap<>(health.get());
    boolean ready = components.values().stream().allMatch(Health::ready);
    web.answers().json(ctx, ready ? 200 : 503, new Readiness(ready, components));
  }
}
