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
import org.jspecify.annotations.Nullable;

/** The routes for what an agent has not read yet. Thread-safe. */
public final class ReadMarkRoutes {
  /** The most conversations of one agent that are counted. */
  private static final int MAX_CONVERSATIONS = 100;
  /** The most waiting conversations of which the mark is returned. */
  private static final int MAX_WAITING = 200;
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

  record Read(String conversationId, String upTo) {}

  /**
   * What the agent has and has not read.
   *
   * @param items the agent's own conversations with unread messages
   * @param next always null: everything is on one page
   * @param read how far the agent has read the waiting conversations, and their own that have no unread messages
   */
  record ReadState(List<Unread> items, @Nullable String next, List<Read> read) {}

  private void unread(Context ctx, AgentIdentity agent) {
    ConversationFilter own = new ConversationFilter(
        Set.of(ConversationState.LIVE), Optional.of(agent.username()), Optional.empty(), true);
    List<Conversation> conversations =
        store.read(queries -> queries.conversations(own, Optional.empty(), MAX_CONVERSATIONS));
    Map<ConversationId, EntryId> marked =
        marks.of(agent.username(), conversations.stream().map(Conversation::id).toList());
    List<Unread> unread = new ArrayList<>();
    List<Read> read = new ArrayList<>(waiting(agent));
    ReadState answer = store.read(queries -> {
      for (Conversation conversation : conversations) {
        String id = conversation.id().toString();
        // Read first: a message that arrives in between counts as unread.
        List<TranscriptEntry> latest = queries.latestEntries(conversation.id(), 1);
        int messages =
            count(queries, conversation, Optional.ofNullable(marked.get(conversation.id())));
        if (messages > 0) {
          unread.add(new Unread(id, messages));
        } else {
          latest.forEach(entry -> read.add(new Read(id, entry.id().toString())));
        }
      }
      return new ReadState(unread, null, read);
    });
    web.answers().json(ctx, 200, answer);
  }

  /** Returns how far the agent has read those who have waited longest. */
  private List<Read> waiting(AgentIdentity agent) {
    List<ConversationId> ids = store.read(queries ->
        queries.waitingWithin(agent.scope(queries), Optional.empty(), MAX_WAITING).stream()
            .map(Conversation::id)
            .toList());
    return marks.of(agent.username(), ids).entrySet().stream()
        .map(mark -> new Read(mark.getKey().toString(), mark.getValue().toString()))
        .toList();
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
    ConversationId id = DeskObjects.conversation(ctx, agent, store, web).id();
    JsonFields body = web.requests().fields(ctx, "upTo");
    EntryId entry = new EntryId(Requests.number("upTo", body.text("upTo", 18)));
    if (store
        .read(queries -> queries.entry(entry))
        .filter(found -> found.conversation().equals(id))
        .isEmpty()) {
      throw Problem.invalid("upTo", "upTo must be the id of an entry of the conversation");
    }
    if (marks.readUpTo(agent.username(), id, entry)) {
      live.hasRead(agent.username(), id, entry);
    }
    web.answers().nothing(ctx);
  }
}
