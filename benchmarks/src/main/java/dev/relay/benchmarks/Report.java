package dev.relay.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects figures as rows of a Markdown table and prints each as soon as it is known. Used by one thread. */
final class Report {
  private final PrintStream out;
  private final List<String> rows = new ArrayList<>();

  Report(PrintStream out) {
    this.out = out;
    add("| what | figure | goal |");
    add("|---|---|---|");
  }

  void figure(String what, String figure, String goal) {
    add("| " + what + " | " + figure + " | " + goal + " |");
  }

  void figure(String what, String figure) {
    figure(what, figure, "");
  }

  void writeTo(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, String.join("\n", rows) + "\n");
  }

  static String number(double value) {
    return value >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  private void add(String row) {
    rows.add(row);
    out.println(row);
  }
}
