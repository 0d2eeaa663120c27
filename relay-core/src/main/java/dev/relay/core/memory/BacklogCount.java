package dev.relay.core.memory;

import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Queries.Backlog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The number of waiting entries and parked lanes of each port. */
final class BacklogCount {
  private final State state;
  private final Map<String, Backlog> byPort = new TreeMap<>();

  BacklogCount(State state) {
    this.state = state;
  }

  List<Backlog> all() {
    for (Map.Entry<Keys.Due, Long> each : state.due.ascending()) {
      Lane lane = lane(each.getKey().lane());
      Instant since = headOf(lane).at();
      update(
          lane.port(),
          old -> new Backlog(
              old.port(),
              old.entries() + lane.depth(),
              Optional.of(old.oldest().filter(oldest -> oldest.isBefore(since)).orElse(since)),
              old.parked()));
    }
    for (Map.Entry<LaneKey, Long> each : state.parked.ascending()) {
      update(
          lane(each.getKey()).port(),
          old -> new Backlog(old.port(), old.entries(), old.oldest(), old.parked() + 1));
    }
    return new ArrayList<>(byPort.values());
  }

  private void update(PortId port, UnaryOperator<Backlog> change) {
    Backlog old = byPort.getOrDefault(port.value(), new Backlog(port, 0, Optional.empty(), 0));
    byPort.put(port.value(), change.apply(old));
  }

  private Lane lane(LaneKey key) {
    return MemoryQueries.present(state.lanes.get(key)).lane();
  }

  private TranscriptEntry headOf(Lane lane) {
    Long id = state.laneEntries.get(new Keys.Place(lane.key(), lane.doneSequence() + 1, 0));
    return MemoryQueries.present(state.entries.get(MemoryQueries.present(id)));
  }
}
