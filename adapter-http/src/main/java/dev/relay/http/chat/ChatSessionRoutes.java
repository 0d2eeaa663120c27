package dev.relay.http.chat;

import dev.relay.http.access.AttemptLimit;
import dev.relay.http.access.ChatSession;
import dev.relay.http.access.CustomerPace;
import dev.relay.http.access.RouteTable;
import dev.relay.http.access.Sessions;
import dev.relay.http.view.Views;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** The route that opens chat sessions. */
public final class ChatSessionRoutes {
  private static final int MAX_NAME = 100;
  static final int MAX_LOCALE = 35;

  private final Sessions sessions;
  private final IdentifiedSessions identified;
  private final AttemptLimit newSessions;
  private final CustomerPace pace;
  private final Web web;
  private final InstantSource clock;

  public ChatSessionRoutes(
      Sessions sessions,
      IdentifiedSessions identified,
      AttemptLimit newSessions,
      CustomerPace pace,
      Web web,
      InstantSource clock) {
    this.sessions = sessions;
    this.identified = identified;
    this.newSessions = newSessions;
    this.pace = pace;
    this.web = web;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes.open(HandlerType.POST, "/api/v1/chat/sessions", this::openSession);
  }

  record NewSession(String token, String sessionId) {
    /** Returns a text without the token. */
    @Override
    public String toString() {
      return "NewSession";
    }
  }

  private void openSession(Context ctx) throws IOException {
    JsonFields body = web.requests().fields(ctx, "displayName", "locale", "identity");
    String name = body.optionalText("displayName", 1, MAX_NAME)
        .map(text -> Texts.line("displayName", text))
        .orElse(Views.NAMELESS);
    Optional<Locale> locale = locale(body);
    Optional<Identity> identity =
        body.optionalText("identity", 1, IdentityTokens.MAX_TOKEN).map(identified::verify);
    // Many customers of a site may share one address, and the site vouches for each of them.
    String counted = identity.map(Identity::address).orElseGet(() -> web.peerKey(ctx));
    newSessions.take(counted, clock.instant()).ifPresent(wait -> {
      throw Problem.tooMany("too many chats were opened from your address", wait);
    });
    pace.text().count(web.peerKey(ctx), name.getBytes(StandardCharsets.UTF_8).length);
    Sessions.Begun<ChatSession> begun = identity
        .map(known -> identified.open(known, locale))
        .orElseGet(() -> sessions.beginChat(name, locale.orElse(Locale.ENGLISH)));
    web.answers().json(ctx, 201, new NewSession(begun.token(), begun.session().id()));
  }

  /** Returns the language that a request names. */
  static Optional<Locale> locale(JsonFields body) {
    return body.optionalText("locale", 1, MAX_LOCALE).map(tag -> Texts.locale("locale", tag));
  }
}
