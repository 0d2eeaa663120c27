package dev.relay.http.live;

import dev.relay.core.id.ConversationId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the open streams that an event concerns. Streams register themselves under what they follow. Thread-safe. */
final class StreamRegistry {
  private final Set<LiveStream> all = ConcurrentHashMap.newKeySet();
  private final Set<DeskStream> desks = ConcurrentHashMap.newKeySet();
  private final StreamIndex<String, LiveStream> byToken = new StreamIndex<>();
  private final StreamIndex<String, ChatStream> bySession = new StreamIndex<>();
  private final StreamIndex<ConversationId, ChatStream> byConversation = new StreamIndex<>();

  void add(LiveStream stream) {
    all.add(stream);
    byToken.add(stream.tokenHash(), stream);
    stream.register(this);
  }

  /** Removes a stream; returns whether it was registered. */
  boolean remove(LiveStream stream) {
    if (!all.remove(stream)) {
      return false;
    }
    byToken.remove(stream.tokenHash(), stream);
    stream.deregister(this);
    return true;
  }

  void addChat(String session, ChatStream stream) {
    bySession.add(session, stream);
  }

  void removeChat(String session, Optional<ConversationId> conversation, ChatStream stream) {
    bySession.remove(session, stream);
    conversation.ifPresent(last -> byConversation.remove(last, stream));
  }

  /** Registers a chat stream under its customer's newest conversation instead of the one before. */
  void moved(ChatStream stream, Optional<ConversationId> before, ConversationId now) {
    before.ifPresent(earlier -> byConversation.remove(earlier, stream));
    if (all.contains(stream)) {
      byConversation.add(now, stream);
    }
  }

  void addDesk(DeskStream stream) {
    desks.add(stream);
  }

  void removeDesk(DeskStream stream) {
    desks.remove(stream);
  }

  Set<LiveStream> all() {
    return all;
  }

  Set<DeskStream> desks() {
    return desks;
  }

  List<LiveStream> ofToken(String tokenHash) {
    return byToken.of(tokenHash);
  }

  List<ChatStream> ofSession(String session) {
    return bySession.of(session);
  }

  List<ChatStream> ofConversation(ConversationId conversation) {
    return byConversation.of(conversation);
  }
}
