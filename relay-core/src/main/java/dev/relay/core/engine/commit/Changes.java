package dev.relay.core.engine.commit;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The changes of one transaction, which take effect in the engine after the commit. Used by one thread. */
public final class Changes {
  private final Set<ConversationId> conversations = new HashSet<>();
  private final Set<PortId> ports = new HashSet<>();
  private final List<Runnable> afterCommit = new ArrayList<>();

  public void touched(ConversationId conversation) {
    conversations.add(conversation);
  }

  /** Records that a lane of that port may have become due. */
  public void due(PortId port) {
    ports.add(port);
  }

  /** Runs an action after the commit; the action never runs if the transaction fails. */
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  Set<ConversationId> conversations() {
    return Set.copyOf(conversations);
  }

  Set<PortId> ports() {
    return ports;
  }

  void runAfterCommit() {
    afterCommit.forEach(Runnable::run);
  }
}
