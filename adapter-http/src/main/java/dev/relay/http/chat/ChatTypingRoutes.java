package dev.relay.http.chat;

import dev.relay.http.access.ChatSession;
import dev.relay.http.access.MessagePace;
import dev.relay.http.access.RouteTable;
import dev.relay.http.live.WebChatChannel;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;

/** The route with which a customer's page reports that they are typing. Nothing of it is stored. */
public final class ChatTypingRoutes {
  private final WebChatChannel channel;
  private final MessagePace pace;
  private final Web web;

  /** @param pace limits how often one chat session reports it */
  public ChatTypingRoutes(WebChatChannel channel, MessagePace pace, Web web) {
    this.channel = channel;
    this.pace = pace;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.customer(HandlerType.POST, "/api/v1/chat/typing", this::types);
  }

  private void types(Context ctx, ChatSession session) {
    pace.count(session.id());
    channel.customerTypes(session);
    web.answers().nothing(ctx);
  }
}
