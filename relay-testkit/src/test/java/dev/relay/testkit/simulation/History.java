package dev.relay.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Events of a simulation, from which the cause of a failure can be found. Used by one thread. */
final class History {
  private final Agenda agenda;
  private final List<Line> lines = new ArrayList<>();

  History(Agenda agenda) {
    this.agenda = agenda;
  }

  /** One event. Formatted only when the history is read, which is after a failure. */
  private record Line(Duration at, String who, String what) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%9.3f s  %-12s %s", at.toMillis() / 1000.0, who, what);
    }
  }

  void add(String who, String what) {
    lines.add(new Line(agenda.elapsed(), who, what));
  }

  /** Returns the events so far, one line each, oldest first. */
  List<String> lines() {
    return lines.stream().map(Line::toString).toList();
  }
}
