package dev.relay.twilio;

import dev.relay.core.conversation.ConversationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Twilio conversations that this desk knows, the newest of each of Relay's conversations. Thread-safe; makes no calls. */
final class Links {
  /** How many are remembered; what is forgotten is read back from Twilio when it is needed. */
  private static final int REMEMBERED = 20_000;

  private final Map<ConversationId, Link> links = Memory.of(REMEMBERED);

  synchronized Optional<Link> find(ConversationId conversation) {
    return Optional.ofNullable(links.get(conversation));
  }

  synchronized Optional<Link> findBySid(String sid) {
    return links.values().stream().filter(link -> link.sid().equals(sid)).findFirst();
  }

  /** Remembers a conversation, if none as new is known; answers the one that is. */
  synchronized Link keep(Link link) {
    Link known = links.get(link.name().conversation());
    if (known != null && known.name().generation() >= link.name().generation()) {
      return known;
    }
    links.put(link.name().conversation(), link);
    return link;
  }

  synchronized void forget(ConversationId conversation) {
    links.remove(conversation);
  }

  synchronized List<Link> all() {
    return new ArrayList<>(links.values());
  }
}
