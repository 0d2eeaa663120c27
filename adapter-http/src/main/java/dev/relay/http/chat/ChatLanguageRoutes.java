package dev.relay.http.chat;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.intake.IntakeResult;
import dev.relay.http.access.ChatSession;
import dev.relay.http.access.CustomerPace;
import dev.relay.http.access.RouteTable;
import dev.relay.http.access.Secrets;
import dev.relay.http.access.Sessions;
import dev.relay.http.live.WebChatChannel;
import dev.relay.http.web.IntakeAnswers;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.Locale;

/** The route by which a customer changes the language of the chat. */
public final class ChatLanguageRoutes {
  private final WebChatChannel channel;
  private final Sessions sessions;
  private final CustomerPace pace;
  private final Secrets secrets;
  private final Web web;

  public ChatLanguageRoutes(
      WebChatChannel channel, Sessions sessions, CustomerPace pace, Secrets secrets, Web web) {
    this.channel = channel;
    this.sessions = sessions;
    this.pace = pace;
    this.secrets = secrets;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.customer(HandlerType.PATCH, "/api/v1/chat/sessions/me", this::change);
  }

  /** Changes the session for conversations to come, and the open conversation at once, so that the next notice is in the language. */
  private void change(Context ctx, ChatSession session) throws IOException {
    pace.messages().count(session.id());
    Locale locale = ChatSessionRoutes.locale(web.requests().fields(ctx, "locale"))
        .orElseThrow(() -> Problem.invalid("locale", "locale is required"));
    pace.text().count(web.peerKey(ctx), locale.toLanguageTag().length());
    ChatSession changed = sessions.speak(session, locale);
    CustomerEvent chosen =
        new CustomerEvent.LanguageChosen(changed.origin("language:" + secrets.id()));
    web.answers().later(ctx, channel.submit(chosen), result -> {
      if (!hasNoConversation(result)) {
        var unused = IntakeAnswers.receipt(result);
      }
      web.answers().nothing(ctx);
    });
  }

  private static boolean hasNoConversation(IntakeResult result) {
    return result instanceof IntakeResult.Refused refused
        && refused.refusal().code() == Refusal.Code.NO_CONVERSATION;
  }
}
