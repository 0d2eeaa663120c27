package dev.relay.http.chat;

import dev.relay.core.id.QueueName;
import dev.relay.core.operations.Settings;
import dev.relay.core.routing.RuleBook.Situation;
import dev.relay.core.team.Team.Teams;
import dev.relay.http.access.ChatSession;
import dev.relay.http.access.RouteTable;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The route by which the chat learns whether live agents work now, in the queue to which the routing rules lead a customer of that language
 * before they have said anything. Thread-safe.
 */
public final class ChatAvailabilityRoutes {
  private final Settings settings;
  private final Teams teams;
  private final Web web;
  private final InstantSource clock;

  public ChatAvailabilityRoutes(Settings settings, Teams teams, Web web, InstantSource clock) {
    this.settings = settings;
    this.teams = teams;
    this.web = web;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes.open(HandlerType.GET, "/api/v1/chat/availability", this::availability);
  }

  record Availability(boolean open, @Nullable String opensAt) {}

  private void availability(Context ctx) {
    Instant now = clock.instant();
    Locale locale = web.requests()
        .query(ctx, "locale", ChatSessionRoutes.MAX_LOCALE)
        .map(tag -> Texts.locale("locale", tag))
        .orElse(Locale.ENGLISH);
    QueueName queue = queueOf(locale, now);
    web.answers().json(ctx, 200, new Availability(teams.isStaffed(queue), opening(queue, now)));
  }

  private QueueName queueOf(Locale locale, Instant now) {
    Situation situation = new Situation(
        ChatSession.CHANNEL,
        Optional.empty(),
        Optional.empty(),
        locale,
        Set.of(),
        "",
        Optional.empty(),
        now);
    return settings.ruleBook().route(situation).queue();
  }

  /** Returns when the business hours begin; null if they have begun: nobody knows then when an agent comes. */
  private @Nullable String opening(QueueName queue, Instant now) {
    return Optional.ofNullable(settings.businessHours().get(queue))
        .filter(hours -> !hours.isOpenAt(now))
        .flatMap(hours -> hours.nextOpeningAfter(now))
        .map(Instant::toString)
        .orElse(null);
  }
}
