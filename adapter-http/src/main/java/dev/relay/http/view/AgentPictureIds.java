package dev.relay.http.view;

import dev.relay.core.message.Participant;
import dev.relay.core.workspace.Workspace.AgentPictures;
import dev.relay.http.web.Memoizer;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The pictures of agents as customers of the web chat see them. Thread-safe.
 *
 * <p>Looking up an id never reads the store, because views are made within a read of it: a second one inside could wait for connections
 * that wait for it.
 */
public final class AgentPictureIds {
  private final Memoizer<Map<String, String>> stored;
  private volatile Map<String, String> known = Map.of();

  public AgentPictureIds(AgentPictures pictures, InstantSource clock) {
    this.stored = new Memoizer<>(pictures::ids, clock);
  }

  /** Reads what is more than a second old; to be called before a read of the store, never within one. */
  public void refresh() {
    known = stored.get();
  }

  /** Returns the id of a live agent's picture; empty for everybody else. */
  Optional<String> of(Participant author) {
    return author.role() == Participant.Role.AGENT
        ? Optional.ofNullable(known.get(author.id()))
        : Optional.empty();
  }
}
