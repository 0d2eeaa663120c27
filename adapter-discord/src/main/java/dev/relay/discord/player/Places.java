package dev.relay.discord.player;

import java.util.Optional;

/**
 * Where each player is served: what saves a request for every message, and what tells whose a channel is. Forgets players beyond
 * {@value #LIMIT}, who then cost one request more. Thread-safe.
 */
public final class Places {
  private static final int LIMIT = 50_000;

  private final Recent<Long, Position> positions = new Recent<>(LIMIT);
  private final Recent<Long, Long> players = new Recent<>(LIMIT);
  private volatile boolean learned;

  /** Where that player is served and how far it was read. */
  public Optional<Position> of(long player) {
    return positions.get(player);
  }

  /** Whose direct message or thread that is. */
  public Optional<Long> playerIn(long channel) {
    return players.get(channel);
  }

  /** The player writes there: a deletion, which names no player, may follow before the message is settled. */
  public synchronized void meets(long player, long channel) {
    if (players.get(channel).isEmpty()) {
      players.put(channel, player);
    }
  }

  /** The player is served there from now on. What was read is never less than before in the same channel. */
  public synchronized void put(long player, Position position) {
    Position next = positions
        .get(player)
        .filter(old -> old.channel() == position.channel() && old.lastSeen() > position.lastSeen())
        .orElse(position);
    positions.put(player, next);
    players.put(position.channel(), player);
  }

  /** The player is served there from now on, where no place of theirs is known yet. */
  public synchronized void begin(long player, Position position) {
    if (positions.get(player).isEmpty()) {
      put(player, position);
    }
  }

  /** All places that the store keeps are known: a player without one has none there. */
  public void areLearned() {
    learned = true;
  }

  /** Whether a player who is not known here has no place in the store either. */
  public boolean isComplete() {
    return learned;
  }

  /** That place is gone. */
  public synchronized void forget(long player) {
    positions.get(player).ifPresent(old -> players.remove(old.channel()));
    positions.remove(player);
  }
}
