package dev.relay.http.chat;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.CustomerEvent.CustomerRated;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.store.Store;
import dev.relay.http.access.ChatSession;
import dev.relay.http.access.CustomerPace;
import dev.relay.http.access.RouteTable;
import dev.relay.http.access.Secrets;
import dev.relay.http.live.WebChatChannel;
import dev.relay.http.web.IntakeAnswers;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The route by which a customer rates a conversation of the web chat that has ended. Thread-safe. */
public final class ChatRatingRoutes {
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

  private final WebChatChannel channel;
  private final CustomerPace pace;
  private final Store store;
  private final Secrets secrets;
  private final Web web;

  public ChatRatingRoutes(
      WebChatChannel channel, CustomerPace pace, Store store, Secrets secrets, Web web) {
    this.channel = channel;
    this.pace = pace;
    this.store = store;
    this.secrets = secrets;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.customer(HandlerType.POST, "/api/v1/chat/ratings", this::rate);
  }

  private void rate(Context ctx, ChatSession session) throws IOException {
    pace.messages().count(session.id());
    JsonFields body = web.requests().fields(ctx, "messageId", "score", "comment");
    EntryId notice =
        new EntryId(Long.parseLong(body.matching("messageId", ID, "must be the id of a message")));
    Optional<String> comment = body.optionalText("comment", 0, CustomerRated.MAX_COMMENT);
    pace.text().count(web.peerKey(ctx), comment.orElse("").getBytes(StandardCharsets.UTF_8).length);
    OptionalLong score = body.optionalNumber("score", CustomerRated.WORST, CustomerRated.BEST);
    if (score.isEmpty()) {
      throw Problem.invalid("score", "score is required");
    }
    // A later rating replaces an earlier one, so that a repeated request is harmless under a new
    // key.
    CustomerRated event = new CustomerRated(
        session.origin("rating:" + secrets.id()),
        conversationOf(notice, session),
        (int) score.getAsLong(),
        comment);
    web.answers().later(ctx, channel.submit(event), result -> {
      IntakeAnswers.receipt(result);
      channel.wake(session.id());
      ctx.status(204);
    });
  }

  /** Returns the customer's own conversation that a message belongs to; every other one does not exist for them. */
  private ConversationId conversationOf(EntryId message, ChatSession session) {
    return store
        .read(queries ->
            queries.entry(message).flatMap(entry -> queries.conversation(entry.conversation())))
        .filter(conversation -> conversation.address().equals(session.address()))
        .map(Conversation::id)
        .orElseThrow(() -> Problem.notFound("no such conversation of yours"));
  }
}
