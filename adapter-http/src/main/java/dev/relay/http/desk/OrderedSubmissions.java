package dev.relay.http.desk;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.store.Store;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.chat.ChatRoutes;
import dev.relay.http.live.WebDesk;
import dev.relay.http.web.IntakeAnswers;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Requests;
import dev.relay.http.web.Web;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Submits what agents do at Relay's own desk, after the messages that they have written before. A page that is closed can send several requests but not
 * choose the order in which they arrive, so a change carries the messages that the page has not seen stored. Messages keep the key that they have in
 * requests of their own: each is stored once. Thread-safe.
 */
public final class OrderedSubmissions {
  /** The field of a change with the messages that come before it. */
  static final String BEFORE = "messagesBefore";

  private static final int MAX_MESSAGES = 20;
  private static final int MAX_ID = 18;

  private final WebDesk desk;
  private final Store store;
  private final AgentMessages messages;
  private final Web web;

  public OrderedSubmissions(WebDesk desk, Store store, AgentMessages messages, Web web) {
    this.desk = desk;
    this.store = store;
    this.messages = messages;
    this.web = web;
  }

  /** Submits an event. */
  CompletableFuture<IntakeResult> submit(DeskEvent event) {
    return desk.submit(event);
  }

  /**
   * Submits the messages of the request, then the event.
   *
   * @return the result of the event; fails with a problem, and the event is not submitted, if a message is refused
   */
  CompletableFuture<IntakeResult> submit(JsonFields body, AgentIdentity agent, DeskEvent event) {
    return after(body, agent, () -> desk.submit(event));
  }

  /**
   * Submits the messages of the request, then makes the change; at once if there are none.
   *
   * @return the result of the change; fails with a problem, and the change is not made, if a message is refused
   */
  <T> CompletableFuture<T> after(
      JsonFields body, AgentIdentity agent, Supplier<CompletableFuture<T>> change) {
    List<DeskEvent> before = before(body, agent);
    return before.isEmpty()
        ? change.get()
        : stored(before).thenComposeAsync(nothing -> change.get(), web.answers().files());
  }

  /**
   * Reads a message of an agent.
   *
   * @param body with the fields of a message, {@code clientMessageId} among them
   */
  DeskEvent message(JsonFields body, AgentIdentity agent, ConversationId id) {
    Optional<String> clientId = body.optionallyMatching(
        "clientMessageId", ChatRoutes.CLIENT_MESSAGE_ID, ChatRoutes.CLIENT_MESSAGE_ID_ALLOWED);
    Conversation about = store.read(queries -> DeskObjects.conversation(queries, agent, id));
    Optional<EventKey> key =
        clientId.map(name -> new EventKey("desk", agent.username() + ":" + id + ":" + name));
    return new DeskEvent.AgentWrote(
        id, key, agent.participant(), clientId, messages.read(body, agent, about.locale()));
  }

  /** Reads all messages before any is submitted: a malformed one refuses the whole request. */
  private List<DeskEvent> before(JsonFields body, AgentIdentity agent) {
    List<DeskEvent> events = new ArrayList<>();
    for (JsonFields each : body.objects(
        BEFORE,
        MAX_MESSAGES,
        "conversation",
        "text",
        "attachments",
        "articles",
        "clientMessageId")) {
      // Without a key a message would be stored again by its own request.
      var unused = each.matching(
          "clientMessageId", ChatRoutes.CLIENT_MESSAGE_ID, ChatRoutes.CLIENT_MESSAGE_ID_ALLOWED);
      long id = Requests.number("conversation", each.text("conversation", MAX_ID));
      events.add(message(each, agent, new ConversationId(id)));
    }
    return events;
  }

  private CompletableFuture<Void> stored(List<DeskEvent> events) {
    CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
    for (DeskEvent event : events) {
      all = all.thenComposeAsync(nothing -> desk.submit(event), web.answers().files())
          .thenAccept(result -> {
            var unused = IntakeAnswers.receipt(result);
          });
    }
    return all;
  }
}
