package dev.relay.core.engine.commit;

import dev.relay.core.operations.RelayObserver;
import dev.relay.core.operations.Settings;
import dev.relay.core.store.Store;
import java.time.Instant;

/**
 * The parts of an engine that its lanes and its timers share.
 *
 * @param store for reading outside transactions
 * @param committer the only writer
 * @param applier applies events within a transaction
 * @param scheduling runs tasks later
 * @param surroundings clock and settings
 * @param observer receives reports of what happens
 */
public record EngineCore(
    Store store,
    Committer committer,
    EventApplier applier,
    Scheduling scheduling,
    Surroundings surroundings,
    RelayObserver observer) {

  public Instant now() {
    return surroundings.clock().instant();
  }

  public Settings settings() {
    return surroundings.settings();
  }
}
