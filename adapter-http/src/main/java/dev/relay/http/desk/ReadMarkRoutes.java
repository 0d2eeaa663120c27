package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Handling;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.workspace.Workspace.ReadMarks;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.live.LiveStreams;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Page;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Requests;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The routes for what an agent has not read yet. Thread-safe. */
public final class ReadMarkRoutes {
  /** The most conversations of one agent that are counted. */
  private static final int MAX_CONVERSATIONS = 100;
  /** The number of entries after a mark that are searched for messages. */
  private static final int MAX_ENTRIES = 100;

  private final ReadMarks marks;
  private final Store store;
  private final LiveStreams live;
  private final Web web;

  public ReadMarkRoutes(ReadMarks marks, Store store, LiveStreams live, Web web) {
    this.marks = marks;
    this.store = store;
    this.live = live;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.VIEWER, HandlerType.GET, "/api/v1/agents/me/unread", this::unread);
    routes.agent(Role.AGENT, HandlerType.PUT, "/api/v1/conversations/{id}/read", this::read);
  }

  record Unread(String conversationId, int messages) {}

  private void unread(Context ctx, AgentIdentity agent) {
    ConversationFilter own = new ConversationFilter(
        Set.of(ConversationState.LIVE), Optional.of(agent.username()), Optional.empty(), true);
    List<Conversation> conversations =
        store.read(queries -> queries.conversations(own, Optional.empty(), MAX_CONVERSATIONS));
    Map<ConversationId, EntryId> read =
        marks.of(agent.username(), conversations.stream().map(Conversation::id).toList());
    List<Unread> unread = new ArrayList<>();
    store.read(queries -> {
      for (Conversation conversation : conversations) {
        int messages =
            count(queries, conversation, Optional.ofNullable(read.get(conversation.id())));
        if (messages > 0) {
          unread.add(new Unread(conversation.id().toString(), messages));
        }
      }
      return unread;
    });
    web.answers().json(ctx, 200, new Page<>(unread, null));
  }

  /** Counts the customer's messages after the mark; without one, those since the agent has the conversation. */
  private static int count(Queries queries, Conversation conversation, Optional<EntryId> mark) {
    List<TranscriptEntry> entries = mark.isPresent()
        ? queries.transcript(conversation.id(), mark.get(), MAX_ENTRIES)
        : queries.latestEntries(conversation.id(), MAX_ENTRIES);
    return (int) TranscriptEntry.asSeen(entries).stream()
        .filter(entry -> entry.content() instanceof EntryContent.Said said
            && said.author().role() == Participant.Role.CUSTOMER)
        .filter(entry -> mark.isPresent() || !isBefore(entry, conversation))
        .count();
  }

  private static boolean isBefore(TranscriptEntry entry, Conversation conversation) {
    return conversation.handling() instanceof Handling.Live live
        && entry.at().isBefore(live.since());
  }

  /** Records how far the agent has read a conversation, and updates their other windows. */
  private void read(Context ctx, AgentIdentity agent) throws IOException {
    ConversationId id = new ConversationId(web.requests().pathId(ctx, "id", "conversation"));
    store.read(queries -> DeskObjects.conversation(queries, agent, id));
    JsonFields body = web.requests().fields(ctx, "upTo");
    EntryId entry = new EntryId(Requests.number("upTo", body.text("upTo", 18)));
    if (store
        .read(queries -> queries.entry(entry))
        .filter(found -> found.conversation().equals(id))
        .isEmpty()) {
      throw Problem.invalid("upTo", "upTo must be the id of an entry of the conversation");
    }
    if (marks.readUpTo(agent.username(), id, entry)) {
      live.wakeDesk(id);
    }
    web.answers().nothing(ctx);
  }
}
