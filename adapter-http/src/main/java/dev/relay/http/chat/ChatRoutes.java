package dev.relay.http.chat;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
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
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The routes for what one customer does in the web chat: messages, edits, deletions, button presses. */
public final class ChatRoutes {
  public static final Pattern CLIENT_MESSAGE_ID = Pattern.compile("[A-Za-z0-9._:~-]{1,100}");
  public static final String CLIENT_MESSAGE_ID_ALLOWED =
      "an id chosen by the sender: 1 to 100 characters of A-Z a-z 0-9 . _ : ~ -, for example a UUID";

  /** The actions that a customer can choose. */
  private enum Action {
    TALK_TO_PERSON,
    THAT_HELPED,
    DID_NOT_HELP,
    IT_IS_SOLVED,
    STILL_NEED_HELP,
    STOP_CASE_NOTICES,
    RESUME_CASE_NOTICES,
    END
  }

  private final WebChatChannel channel;
  private final AttachmentStore attachments;
  private final CustomerPace pace;
  private final Secrets secrets;
  private final Web web;

  public ChatRoutes(
      WebChatChannel channel,
      AttachmentStore attachments,
      CustomerPace pace,
      Secrets secrets,
      Web web) {
    this.channel = channel;
    this.attachments = attachments;
    this.pace = pace;
    this.secrets = secrets;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.customer(HandlerType.POST, "/api/v1/chat/messages", paced(this::send));
    routes.customer(
        HandlerType.PATCH, "/api/v1/chat/messages/{clientMessageId}", paced(this::edit));
    routes.customer(
        HandlerType.DELETE, "/api/v1/chat/messages/{clientMessageId}", paced(this::delete));
    routes.customer(HandlerType.POST, "/api/v1/chat/actions", paced(this::act));
  }

  /** Counts each request before reading any of it. */
  private RouteTable.CustomerHandler paced(RouteTable.CustomerHandler handler) {
    return (ctx, session) -> {
      pace.messages().count(session.id());
      handler.handle(ctx, session);
    };
  }

  private void send(Context ctx, ChatSession session) throws IOException {
    JsonFields body = web.requests().textFields(ctx, "text", "clientMessageId", "attachments");
    String clientId = clientMessageId(body);
    String text = body.optionalText("text", 0, MessageBody.MAX_TEXT).orElse("");
    List<AttachmentRef> files = attachments.own(
        body.texts("attachments", MessageBody.MAX_ATTACHMENTS, 100), session.attachmentOwner());
    if (text.isBlank() && files.isEmpty()) {
      throw Problem.invalid(
          "text",
          "text must have 1 to " + MessageBody.MAX_TEXT + " characters if nothing is attached");
    }
    countText(ctx, text);
    submit(
        ctx,
        session,
        new CustomerEvent.CustomerWrote(
            session.origin(clientId),
            Optional.of(clientId),
            new MessageBody(text, files, List.of(), List.of())));
  }

  private void edit(Context ctx, ChatSession session) throws IOException {
    String target = pathMessageId(ctx);
    String text = web.requests().textFields(ctx, "text").text("text", MessageBody.MAX_TEXT);
    countText(ctx, text);
    submit(ctx, session, new CustomerEvent.CustomerEdited(once(session), target, text));
  }

  private void delete(Context ctx, ChatSession session) {
    String target = pathMessageId(ctx);
    countText(ctx, "");
    submit(ctx, session, new CustomerEvent.CustomerDeleted(once(session), target));
  }

  private void act(Context ctx, ChatSession session) throws IOException {
    JsonFields body = web.requests().fields(ctx, "action", "clientMessageId");
    Action action = body.oneOf("action", Action.values());
    Origin origin = session.origin(clientMessageId(body));
    CustomerEvent event = switch (action) {
      case TALK_TO_PERSON -> new CustomerEvent.CustomerPressed(origin, Button.TALK_TO_PERSON);
      case THAT_HELPED -> new CustomerEvent.CustomerPressed(origin, Button.THAT_HELPED);
      case DID_NOT_HELP -> new CustomerEvent.CustomerPressed(origin, Button.DID_NOT_HELP);
      case IT_IS_SOLVED -> new CustomerEvent.CustomerPressed(origin, Button.IT_IS_SOLVED);
      case STILL_NEED_HELP -> new CustomerEvent.CustomerPressed(origin, Button.STILL_NEED_HELP);
      case STOP_CASE_NOTICES -> new CustomerEvent.CustomerPressed(origin, Button.STOP_CASE_NOTICES);
      case RESUME_CASE_NOTICES ->
        new CustomerEvent.CustomerPressed(origin, Button.RESUME_CASE_NOTICES);
      case END -> new CustomerEvent.CustomerEnded(origin);
    };
    countText(ctx, "");
    submit(ctx, session, event);
  }

  private void countText(Context ctx, String text) {
    pace.text().count(web.peerKey(ctx), text.getBytes(StandardCharsets.UTF_8).length);
  }

  private void submit(Context ctx, ChatSession session, CustomerEvent event) {
    web.answers().later(ctx, channel.submit(event), result -> {
      Receipt receipt = IntakeAnswers.receipt(result);
      channel.wake(session.id());
      web.answers().json(ctx, 202, IntakeAnswers.accepted(receipt));
    });
  }

  /** Returns an origin for an event that is harmless to repeat. */
  private Origin once(ChatSession session) {
    return session.origin("change:" + secrets.id());
  }

  private static String clientMessageId(JsonFields body) {
    return body.matching("clientMessageId", CLIENT_MESSAGE_ID, CLIENT_MESSAGE_ID_ALLOWED);
  }

  private static String pathMessageId(Context ctx) {
    String id = ctx.pathParam("clientMessageId");
    if (!CLIENT_MESSAGE_ID.matcher(id).matches()) {
      throw Problem.notFound("no such message of yours");
    }
    return id;
  }
}
