package dev.relay.core.engine;

import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.operations.Settings;
import dev.relay.core.store.Store;
import java.util.List;

/**
 * The parts of an engine, assembled by {@code Relay.builder()}. Immutable.
 *
 * @param store the store
 * @param ports the connections to customers, live agents and the virtual agent
 * @param settings the operator's settings
 * @param notices the texts of notices
 * @param observers receive reports of what happens
 * @param machine clock, randomness and threads
 */
public record EngineParts(
    Store store,
    Ports ports,
    Settings settings,
    NoticeTexts notices,
    List<RelayObserver> observers,
    Machine machine) {

  /** Copies the observers. */
  public EngineParts {
    observers = List.copyOf(observers);
  }
}
