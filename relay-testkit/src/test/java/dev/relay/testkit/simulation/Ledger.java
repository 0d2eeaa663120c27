package dev.relay.testkit.simulation;

import dev.relay.core.intake.IntakeResult;
import java.util.ArrayList;
import java.util.List;

/** Texts that people wrote, in the order of submission, with the results they received. Used by one thread. */
final class Ledger {
  private final List<Line> lines = new ArrayList<>();

  private final List<Macro> macros = new ArrayList<>();
  private final List<Mention> mentions = new ArrayList<>();
  private final List<String> cancelled = new ArrayList<>();

  /** One unique text with its author. */
  static final class Line {
    private final String author;
    private final String text;
    private boolean acknowledged;
    private boolean atOnce;

    private Line(String author, String text) {
      this.author = author;
      this.text = text;
    }

    void answered(IntakeResult result, int times) {
      acknowledged =
          result instanceof IntakeResult.Accepted || result instanceof IntakeResult.Duplicate;
      atOnce = result instanceof IntakeResult.Accepted && times == 1;
    }

    String author() {
      return author;
    }

    String text() {
      return text;
    }

    boolean isAcknowledged() {
      return acknowledged;
    }

    /** Checks whether the text was acknowledged at the first attempt, so that its place in the order is certain. */
    boolean isAcknowledgedAtOnce() {
      return atOnce;
    }
  }

  /** A macro, with its message and its note. */
  record Macro(String text, String note) {}

  /** An internal text that names a live agent. */
  record Mention(String text, String agent) {}

  void macro(String text, String note) {
    macros.add(new Macro(text, note));
  }

  List<Macro> macros() {
    return List.copyOf(macros);
  }

  void mentioned(String text, String agent) {
    mentions.add(new Mention(text, agent));
  }

  List<Mention> mentions() {
    return List.copyOf(mentions);
  }

  /** Takes note that the cancellation of a planned text was acknowledged. */
  void cancelled(String text) {
    cancelled.add(text);
  }

  List<String> cancelled() {
    return List.copyOf(cancelled);
  }

  Line add(String author, String text) {
    Line line = new Line(author, text);
    lines.add(line);
    return line;
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }
}
