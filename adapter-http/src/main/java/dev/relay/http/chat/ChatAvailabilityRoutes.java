package dev.relay.http.chat;

import dev.relay.core.routing.BusinessHours;
import dev.relay.http.access.RouteTable;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The route by which the chat learns whether live agents work now. Thread-safe. */
public final class ChatAvailabilityRoutes {
  private final Optional<BusinessHours> hours;
  private final Web web;
  private final InstantSource clock;

  /** @param hours the hours of the queue in which customers of the chat wait; empty: always open */
  public ChatAvailabilityRoutes(Optional<BusinessHours> hours, Web web, InstantSource clock) {
    this.hours = hours;
    this.web = web;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes.open(HandlerType.GET, "/api/v1/chat/availability", this::availability);
  }

  record Availability(boolean open, @Nullable String opensAt) {}

  private void availability(Context ctx) {
    Instant now = clock.instant();
    boolean open = hours.map(it -> it.isOpenAt(now)).orElse(true);
    String opensAt = open
        ? null
        : hours.flatMap(it -> it.nextOpeningAfter(now)).map(Instant::toString).orElse(null);
    web.answers().json(ctx, 200, new Availability(open, opensAt));
  }
}
