package dev.relay.twilio.conversation;

import dev.relay.core.id.ConversationId;
import dev.relay.twilio.wire.LruCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The remembered links, for each of Relay's conversations the newest. Thread-safe; makes no calls. */
public final class ConversationLinks {
  /** The number of conversations that are remembered; others are read from Twilio again when needed. */
  private static final int REMEMBERED = 20_000;

  private final Map<ConversationId, ConversationLink> links = LruCache.of(REMEMBERED);

  public synchronized Optional<ConversationLink> find(ConversationId conversation) {
    return Optional.ofNullable(links.get(conversation));
  }

  public synchronized Optional<ConversationLink> findBySid(String sid) {
    return links.values().stream().filter(link -> link.sid().equals(sid)).findFirst();
  }

  /** Remembers a link unless one as new is known; returns the one that is remembered. */
  public synchronized ConversationLink keep(ConversationLink link) {
    ConversationLink known = links.get(link.name().conversation());
    if (known != null && known.name().generation() >= link.name().generation()) {
      return known;
    }
    links.put(link.name().conversation(), link);
    return link;
  }

  public synchronized void forget(ConversationId conversation) {
    links.remove(conversation);
  }

  public synchronized List<ConversationLink> all() {
    return new ArrayList<>(links.values());
  }
}
