package dev.relay.http.chat;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.id.EntryId;
import dev.relay.core.intake.Receipt;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
import dev.relay.core.store.Store;
import dev.relay.http.access.AttemptLimit;
import dev.relay.http.access.ChatSession;
import dev.relay.http.access.PaceLimit;
import dev.relay.http.access.RouteTable;
import dev.relay.http.access.Secrets;
import dev.relay.http.access.Sessions;
import dev.relay.http.live.ChatStream;
import dev.relay.http.live.WebChatChannel;
import dev.relay.http.view.ChatViews;
import dev.relay.http.web.IntakeAnswers;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Requests;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The web chat of one customer. */
public final class ChatRoutes {
  public static final Pattern CLIENT_MESSAGE_ID = Pattern.compile("[A-Za-z0-9._:~-]{1,100}");
  public static final String CLIENT_MESSAGE_ID_ALLOWED =
      "made by the sender: 1 to 100 characters of A-Z a-z 0-9 . _ : ~ -, a UUID for example";
  private static final String NAMELESS = "Guest";
  private static final int MAX_NAME = 100;
  private static final int MAX_LOCALE = 35;

  /** What a customer can press. */
  private enum Action {
    TALK_TO_PERSON,
    THAT_HELPED,
    DID_NOT_HELP,
    END
  }

  private final WebChatChannel channel;
  private final Store store;
  private final Sessions sessions;
  private final Secrets secrets;
  private final AttachmentStore attachments;
  private final AttemptLimit newSessions;
  private final PaceLimit messages;
  private final ChatViews views;
  private final Web web;
  private final InstantSource clock;

  public ChatRoutes(
      WebChatChannel channel,
      Store store,
      Sessions sessions,
      Secrets secrets,
      AttachmentStore attachments,
      AttemptLimit newSessions,
      PaceLimit messages,
      ChatViews views,
      Web web,
      InstantSource clock) {
    this.channel = channel;
    this.store = store;
    this.sessions = sessions;
    this.secrets = secrets;
    this.attachments = attachments;
    this.newSessions = newSessions;
    this.messages = messages;
    this.views = views;
    this.web = web;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes.open(HandlerType.POST, "/api/v1/chat/sessions", this::openSession);
    routes.customer(HandlerType.POST, "/api/v1/chat/messages", paced(this::send));
    routes.customer(
        HandlerType.PATCH, "/api/v1/chat/messages/{clientMessageId}", paced(this::edit));
    routes.customer(
        HandlerType.DELETE, "/api/v1/chat/messages/{clientMessageId}", paced(this::delete));
    routes.customer(HandlerType.POST, "/api/v1/chat/actions", paced(this::act));
    routes.customer(
        HandlerType.GET,
        "/api/v1/chat/status",
        (ctx, session) ->
            web.answers().json(ctx, 200, store.read(queries -> views.status(queries, session))));
    routes.customer(HandlerType.GET, "/api/v1/chat/events", this::events);
  }

  /** Counts what a session says before anything of it is read. */
  private RouteTable.CustomerHandler paced(RouteTable.CustomerHandler handler) {
    return (ctx, session) -> {
      messages.take(session.id(), clock.instant()).ifPresent(wait -> {
        throw Problem.tooMany("that was too much at once in this chat; go on a little later", wait);
      });
      handler.handle(ctx, session);
    };
  }

  record NewSession(String token, String sessionId) {
    /** Without the token. */
    @Override
    public String toString() {
      return "NewSession";
    }
  }

  private void openSession(Context ctx) throws IOException {
    JsonFields body = web.requests().fields(ctx, "displayName", "locale");
    String name = body.optionalText("displayName", 1, MAX_NAME)
        .map(text -> Texts.line("displayName", text))
        .orElse(NAMELESS);
    Locale locale = body.optionalText("locale", 1, MAX_LOCALE)
        .map(tag -> Texts.locale("locale", tag))
        .orElse(Locale.ENGLISH);
    newSessions.take(web.peerKey(ctx), clock.instant()).ifPresent(wait -> {
      throw Problem.tooMany("too many chats were opened from your address", wait);
    });
    Sessions.Begun<ChatSession> begun = sessions.beginChat(name, locale);
    web.answers().json(ctx, 201, new NewSession(begun.token(), begun.session().id()));
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
          "text must have 1 to " + MessageBody.MAX_TEXT + " characters where nothing is attached");
    }
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
    submit(ctx, session, new CustomerEvent.CustomerEdited(once(session), target, text));
  }

  private void delete(Context ctx, ChatSession session) {
    submit(ctx, session, new CustomerEvent.CustomerDeleted(once(session), pathMessageId(ctx)));
  }

  private void act(Context ctx, ChatSession session) throws IOException {
    JsonFields body = web.requests().fields(ctx, "action", "clientMessageId");
    Action action = body.oneOf("action", Action.values());
    Origin origin = session.origin(clientMessageId(body));
    CustomerEvent event = switch (action) {
      case TALK_TO_PERSON -> new CustomerEvent.CustomerPressed(origin, Button.TALK_TO_PERSON);
      case THAT_HELPED -> new CustomerEvent.CustomerPressed(origin, Button.THAT_HELPED);
      case DID_NOT_HELP -> new CustomerEvent.CustomerPressed(origin, Button.DID_NOT_HELP);
      case END -> new CustomerEvent.CustomerEnded(origin);
    };
    submit(ctx, session, event);
  }

  private void submit(Context ctx, ChatSession session, CustomerEvent event) {
    web.answers().later(ctx, channel.receive(event), result -> {
      Receipt receipt = IntakeAnswers.receipt(result);
      channel.live().wakeSession(session.id());
      web.answers().json(ctx, 202, IntakeAnswers.accepted(receipt));
    });
  }

  private void events(Context ctx, ChatSession session) {
    String lastEventId = ctx.header("Last-Event-ID");
    EntryId after = new EntryId(
        lastEventId == null || lastEventId.isBlank()
            ? 0
            : Requests.number("Last-Event-ID", lastEventId.strip()));
    channel
        .live()
        .openChat(
            ctx,
            new ChatStream(
                session, after, store, views, web.json(), channel.live(), sessions::isLive));
  }

  /** An origin for what is harmless to repeat. */
  private Origin once(ChatSession session) {
    return session.origin("change:" + secrets.id());
  }

  private static String clientMessageId(JsonFields body) {
    return body.matching("clientMessageId", CLIENT_MESSAGE_ID, CLIENT_MESSAGE_ID_ALLOWED);
  }

  private static String pathMessageId(Context ctx) {
    String id = ctx.pathParam("clientMessageId");
    if (!CLIENT_MESSAGE_ID.matcher(id).matches()) {
      throw Problem.notFound("there is no such message of yours");
    }
    return id;
  }
}
