package dev.relay.http.live;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Queries;
import dev.relay.http.access.ChatSession;
import dev.relay.http.view.ChatHistory;
import dev.relay.http.view.ChatViews;
import dev.relay.http.view.DeliveryStates;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** A customer's event stream: the transcript from where they left off, then new events. */
public final class ChatStream extends LiveStream {
  private static final int BATCH = 50;
  /** The entries of the first batch: texts can be so long that two of them make a chunk. */
  private static final int FIRST_BATCH = 8;

  private static final int MAX_UNSETTLED = 200;

  private final ChatSession session;
  private final ChatViews views;
  private final StreamContext context;
  /** The customer's messages that have not yet been reported to them as delivered, with the state last sent. */
  private final Map<Own, String> unsettled = new LinkedHashMap<>();

  private int batch = FIRST_BATCH;

  private EntryId cursor;
  private String lastStatus = "";
  private boolean begun;
  private boolean more;
  private volatile boolean waiting;
  private final AtomicBoolean agentTypes = new AtomicBoolean();
  private volatile Optional<ConversationId> conversation = Optional.empty();

  /** A message of the customer, without its text: a stream of a client that reads nothing must stay small. */
  private record Own(
      EntryId id, ConversationId conversation, Destination destination, long sequence) {
    static Own of(TranscriptEntry entry) {
      return new Own(entry.id(), entry.conversation(), entry.destination(), entry.sequence());
    }
  }

  public ChatStream(ChatSession session, EntryId after, ChatViews views, StreamContext context) {
    super(session.tokenHash(), context.sessions());
    this.session = session;
    this.cursor = after;
    this.views = views;
    this.context = context;
  }

  @Override
  boolean isForAgents() {
    return false;
  }

  @Override
  void register(StreamRegistry registry) {
    registry.addChat(session.id(), this);
  }

  @Override
  void deregister(StreamRegistry registry) {
    registry.removeChat(session.id(), conversation, this);
  }

  /** Checks for news while the customer waits, because their place in the queue changes when others leave it. */
  @Override
  void beat() {
    if (waiting) {
      wake();
    }
    super.beat();
  }

  @Override
  void refresh() {
    wake();
  }

  /** Shows the customer that their live agent is typing. Of several signs that a slow client has not received, one is left. */
  void agentTypes() {
    agentTypes.set(true);
    run();
  }

  @Override
  String passing() {
    if (!agentTypes.getAndSet(false)) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    append(out, "typing", null, context.json().text(Typing.OF_AGENT));
    return out.toString();
  }

  @Override
  String produce() {
    views.refresh();
    return context.store().read(this::read);
  }

  @Override
  boolean hasMore() {
    return more;
  }

  @Override
  void schedule(Runnable work) {
    context.live().execute(work);
  }

  @Override
  void scheduleNext(Runnable work) {
    context.live().execute(work);
  }

  @Override
  void failed(Throwable cause) {
    context.live().failed("chat stream", cause);
  }

  private String read(Queries queries) {
    if (!begun) {
      begun = true;
      // Messages before the cursor may still be on their way.
      ChatHistory.latest(queries, session, cursor, BATCH).stream()
          .filter(ChatViews::isOwn)
          .forEach(entry -> unsettled.put(Own.of(entry), ""));
    }
    List<TranscriptEntry> entries = queries.transcriptAt(session.address(), cursor, batch);
    more = entries.size() == batch;
    int used = 0;
    StringBuilder out = new StringBuilder();
    Set<EntryId> deleted = deleted(entries);
    for (TranscriptEntry entry : entries) {
      if (out.length() >= CHUNK) {
        more = true;
        break;
      }
      used++;
      if (!isGone(entry, deleted)) {
        views
            .event(entry, session.locale())
            .ifPresent(event -> append(
                out, event.name(), entry.id().toString(), context.json().text(event.data())));
      }
      if (ChatViews.isOwn(entry) && unsettled.size() < MAX_UNSETTLED) {
        unsettled.put(Own.of(entry), "");
      }
      cursor = entry.id();
    }
    // What did not fit is read again with the next chunk, so not much more is read than fits.
    batch = used < entries.size() ? used + 1 : Math.min(2 * batch, BATCH);
    if (!entries.isEmpty()) {
      follow(entries.get(entries.size() - 1).conversation());
    }
    appendDeliveries(queries, out);
    appendStatus(queries, out);
    return out.toString();
  }

  private void follow(ConversationId newest) {
    if (!Optional.of(newest).equals(conversation)) {
      Optional<ConversationId> before = conversation;
      conversation = Optional.of(newest);
      context.live().moved(this, before, newest);
    }
  }

  private void appendDeliveries(Queries queries, StringBuilder out) {
    Map<ConversationId, DeliveryStates> states = new HashMap<>();
    for (Iterator<Map.Entry<Own, String>> all = unsettled.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Own, String> own = all.next();
      String now = states
          .computeIfAbsent(own.getKey().conversation(), id -> DeliveryStates.of(queries, id))
          .of(own.getKey().destination(), own.getKey().sequence());
      ChatViews.DeliveryState delivery = ChatViews.delivery(own.getKey().id(), now);
      String state = delivery.state();
      if (!state.equals(own.getValue())) {
        own.setValue(state);
        append(out, "delivery", null, context.json().text(delivery));
      }
      if (state.equals("delivered")) {
        all.remove();
      }
    }
  }

  private void appendStatus(Queries queries, StringBuilder out) {
    ChatViews.Status status = views.status(queries, session);
    waiting = status.state().equals("waiting");
    String now = context.json().text(status);
    if (!now.equals(lastStatus)) {
      lastStatus = now;
      append(out, "status", null, now);
    }
  }

  /** Returns the entries that this batch deletes; they are not sent again. */
  private static Set<EntryId> deleted(List<TranscriptEntry> entries) {
    Set<EntryId> targets = new HashSet<>();
    for (TranscriptEntry entry : entries) {
      if (entry.content() instanceof EntryContent.Deleted gone) {
        targets.add(gone.target());
      }
    }
    return targets;
  }

  private static boolean isGone(TranscriptEntry entry, Set<EntryId> deleted) {
    return entry.content() instanceof EntryContent.Edited edited
        ? deleted.contains(edited.target())
        : deleted.contains(entry.id());
  }
}
