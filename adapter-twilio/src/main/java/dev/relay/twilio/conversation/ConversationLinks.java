package dev.relay.twilio.conversation;

import dev.relay.core.id.ConversationId;
import dev.relay.twilio.wire.LruCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Twilio conversations that this desk knows, the newest of each of Relay's conversations. Thread-safe; makes no calls. */
public final class ConversationLinks {
  /** How many are remembered; what is forgotten is read back from Twilio when it is needed. */
  private static final int REMEMBERED = 20_000;

  private final Map<ConversationId, ConversationLink> links = LruCache.of(REMEMBERED);

  public synchronized Optional<ConversationLink> find(ConversationId conversation) {
    return Optional.ofNullable(links.get(conversation));
  }

  public synchronized Optional<ConversationLink> findBySid(String sid) {
    return links.values().stream().filter(link -> link.sid().equals(sid)).findFirst();
  }

  /** Remembers a conversation, if none as new is known; answers the one that is. */
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
