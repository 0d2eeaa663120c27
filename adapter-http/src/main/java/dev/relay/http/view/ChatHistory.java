package dev.relay.http.view;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Queries;
import dev.relay.http.access.ChatSession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A customer's transcript page by page, from its end: what a long chat shows first. Thread-safe. */
public final class ChatHistory {
  /** The conversations of one customer that are read for a page; a page that needs more of them ends early. */
  private static final int MAX_CONVERSATIONS = 200;
  /** How many entries after a page are searched for edits and deletions of its messages, in chunks. */
  private static final int CHUNK = 1_000;

  private static final int MAX_CHUNKS = 20;

  private final ChatViews views;

  public ChatHistory(ChatViews views) {
    this.views = views;
  }

  /**
   * A page of the transcript.
   *
   * @param events what the event stream would send for its entries, oldest first, with later changes of its messages
   * @param before reads the page before this one as {@code before}; null if this is the first
   * @param last the newest entry of the page: a stream continues after it; "0" if there is none
   */
  public record Page(
      List<ChatViews.StreamEvent> events, @Nullable String before, String last) {}

  /** Returns the last entries before that one, or the last of all. */
  public Page page(Queries queries, ChatSession session, Optional<EntryId> before, int limit) {
    EntryId upTo = new EntryId(before.map(id -> id.value() - 1).orElse(Long.MAX_VALUE));
    List<TranscriptEntry> found = latest(queries, session, upTo, limit + 1);
    boolean more = found.size() > limit;
    List<TranscriptEntry> entries =
        more ? found.subList(found.size() - limit, found.size()) : found;
    Set<EntryId> gone = new HashSet<>();
    List<TranscriptEntry> changes = new ArrayList<>();
    note(entries, gone);
    if (before.isPresent() && !entries.isEmpty()) {
      changesAfter(queries, session, entries, gone, changes);
    }
    return new Page(
        events(queries, session, entries, changes, gone),
        more ? entries.get(0).id().toString() : null,
        entries.isEmpty() ? "0" : entries.get(entries.size() - 1).id().toString());
  }

  /** Returns the last entries at the session's address up to and including that one, oldest first. */
  public static List<TranscriptEntry> latest(
      Queries queries, ChatSession session, EntryId upTo, int limit) {
    Optional<Customer> customer = queries.customer(ChatSession.CHANNEL, session.id());
    if (customer.isEmpty()) {
      return List.of();
    }
    ConversationFilter filter = new ConversationFilter(
        Set.of(), Optional.empty(), Optional.of(customer.get().id()), true);
    List<TranscriptEntry> found = new ArrayList<>();
    for (Conversation conversation :
        queries.conversations(filter, Optional.empty(), MAX_CONVERSATIONS)) {
      if (found.size() >= limit) {
        break;
      }
      if (conversation.address().equals(session.address())) {
        found.addAll(queries.latestEntries(conversation.id(), upTo, limit));
      }
    }
    found.sort(Comparator.comparingLong(entry -> entry.id().value()));
    return found.size() > limit ? found.subList(found.size() - limit, found.size()) : found;
  }

  private static void note(List<TranscriptEntry> entries, Set<EntryId> gone) {
    for (TranscriptEntry entry : entries) {
      if (entry.content() instanceof EntryContent.Deleted deleted) {
        gone.add(deleted.target());
      }
    }
  }

  /** Finds what changed the messages of a page after it; a page must not show what was deleted since. */
  private static void changesAfter(
      Queries queries,
      ChatSession session,
      List<TranscriptEntry> page,
      Set<EntryId> gone,
      List<TranscriptEntry> changes) {
    Set<EntryId> ids = new HashSet<>();
    page.forEach(entry -> ids.add(entry.id()));
    EntryId from = page.get(page.size() - 1).id();
    for (int i = 0; i < MAX_CHUNKS; i++) {
      List<TranscriptEntry> later = queries.transcriptAt(session.address(), from, CHUNK);
      note(later, gone);
      later.stream()
          .filter(entry -> target(entry).filter(ids::contains).isPresent())
          .forEach(changes::add);
      if (later.size() < CHUNK) {
        return;
      }
      from = later.get(later.size() - 1).id();
    }
  }

  private static Optional<EntryId> target(TranscriptEntry entry) {
    if (entry.content() instanceof EntryContent.Edited edited) {
      return Optional.of(edited.target());
    }
    return entry.content() instanceof EntryContent.Notified notified
        ? notified.replaces()
        : Optional.empty();
  }

  private List<ChatViews.StreamEvent> events(
      Queries queries,
      ChatSession session,
      List<TranscriptEntry> entries,
      List<TranscriptEntry> changes,
      Set<EntryId> gone) {
    List<ChatViews.StreamEvent> events = new ArrayList<>();
    Map<ConversationId, DeliveryStates> states = new HashMap<>();
    for (TranscriptEntry entry : entries) {
      if (isGone(entry, gone)) {
        continue;
      }
      views.event(entry, session.locale()).ifPresent(events::add);
      if (ChatViews.isOwn(entry)) {
        String state = states
            .computeIfAbsent(entry.conversation(), id -> DeliveryStates.of(queries, id))
            .of(entry);
        events.add(new ChatViews.StreamEvent("delivery", ChatViews.delivery(entry.id(), state)));
      }
    }
    for (TranscriptEntry change : changes) {
      if (!isGone(change, gone)) {
        views.event(change, session.locale()).ifPresent(events::add);
      }
    }
    return events;
  }

  /** Checks whether an entry was deleted, or changes one that was. */
  private static boolean isGone(TranscriptEntry entry, Set<EntryId> gone) {
    return gone.contains(entry.id()) || target(entry).filter(gone::contains).isPresent();
  }
}
