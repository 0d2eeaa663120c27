package dev.relay.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Clock that the engines see: the agenda's time plus the jumps forward and back. Used by one thread. */
final class SimulatedClock implements InstantSource {
  private static final Instant BEGIN = Instant.parse("2026-11-02T10:00:00Z");

  private final Agenda agenda;
  private Duration offset = Duration.ZERO;

  SimulatedClock(Agenda agenda) {
    this.agenda = agenda;
  }

  @Override
  public Instant instant() {
    return BEGIN.plus(agenda.elapsed()).plus(offset);
  }

  void jump(Duration by) {
    offset = offset.plus(by);
  }
}
