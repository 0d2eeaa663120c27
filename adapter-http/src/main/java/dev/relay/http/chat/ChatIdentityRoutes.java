package dev.relay.http.chat;

import dev.relay.http.access.ChatSession;
import dev.relay.http.access.CustomerPace;
import dev.relay.http.access.RouteTable;
import dev.relay.http.access.Sessions;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;

/** The routes by which a page confirms whom its site has identified, and by which a customer leaves a shared computer. Thread-safe. */
public final class ChatIdentityRoutes {
  private final IdentifiedSessions identified;
  private final Sessions sessions;
  private final CustomerPace pace;
  private final Web web;

  public ChatIdentityRoutes(
      IdentifiedSessions identified, Sessions sessions, CustomerPace pace, Web web) {
    this.identified = identified;
    this.sessions = sessions;
    this.pace = pace;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.customer(HandlerType.PUT, "/api/v1/chat/sessions/me/identity", this::confirm);
    routes.customer(HandlerType.POST, "/api/v1/chat/logout", this::end);
  }

  private void confirm(Context ctx, ChatSession session) throws IOException {
    pace.messages().count(session.id());
    JsonFields body = web.requests().fields(ctx, "identity", "locale");
    String token = body.text("identity", IdentityTokens.MAX_TOKEN);
    identified.confirm(session, identified.verify(token), ChatSessionRoutes.locale(body));
    web.answers().nothing(ctx);
  }

  private void end(Context ctx, ChatSession session) {
    sessions.end(session);
    web.answers().nothing(ctx);
  }
}
