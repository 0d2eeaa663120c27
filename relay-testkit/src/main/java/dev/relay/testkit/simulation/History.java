package dev.relay.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happened in a simulation, for those who look for the reason of a failure. Used by one thread. */
final class History {
  private final Agenda agenda;
  private final List<String> lines = new ArrayList<>();

  History(Agenda agenda) {
    this.agenda = agenda;
  }

  void add(String who, String what) {
    lines.add(String.format(
        Locale.ROOT, "%9.3f s  %-12s %s", agenda.elapsed().toMillis() / 1000.0, who, what));
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
