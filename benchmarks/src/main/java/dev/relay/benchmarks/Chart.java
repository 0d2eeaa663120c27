package dev.relay.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The picture of a comparison by {@code beside.sh}: for each measurement a bar for each side, to the scale of the longest. */
final class Chart {
  private static final int WIDTH = 760;
  private static final int LABEL = 250;
  private static final int LONGEST = 400;
  private static final int ROW = 22;
  private static final List<String> COLOURS = List.of("#9aa5b1", "#5c7c9c", "#d08a3c", "#2f7d4f");

  private Chart() {}

  /**
   * Takes a file of lines {@code MEASUREMENT;SIDE;RATE}, which are grouped by measurement, and the file to write.
   */
  public static void main(String[] arguments) throws Exception {
    List<String[]> rows = Files.readAllLines(Path.of(arguments[0])).stream()
        .map(line -> line.split(";"))
        .toList();
    Files.writeString(Path.of(arguments[1]), svg(rows));
  }

  static String svg(List<String[]> rows) {
    List<String> parts = new ArrayList<>();
    List<String> sides = rows.stream().map(row -> row[1]).distinct().toList();
    int y = 10;
    String measurement = "";
    double longest = 1;
    for (String[] row : rows) {
      if (!row[0].equals(measurement)) {
        measurement = row[0];
        String current = measurement;
        longest = rows.stream()
            .filter(each -> each[0].equals(current))
            .mapToDouble(each -> Double.parseDouble(each[2]))
            .max()
            .orElse(1);
        y += ROW;
        parts.add(text(10, y + 16, "bold", measurement));
        y += ROW;
      }
      double rate = Double.parseDouble(row[2]);
      long length = Math.max(1, Math.round(LONGEST * rate / longest));
      String colour = COLOURS.get(sides.indexOf(row[1]) % COLOURS.size());
      parts.add(text(20, y + 15, "normal", row[1]));
      parts.add("<rect x=\"" + LABEL + "\" y=\"" + (y + 3) + "\" width=\"" + length
          + "\" height=\"16\" fill=\"" + colour + "\"/>");
      parts.add(
          text(LABEL + length + 8, y + 15, "normal", String.format(Locale.ROOT, "%,.0f/s", rate)));
      y += ROW;
    }
    int height = y + 20;
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + height
        + "\" width=\"" + WIDTH + "\" height=\"" + height
        + "\" font-family=\"sans-serif\" font-size=\"13\" role=\"img\">\n"
        + "<title>Messages per second</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
        + String.join("\n", parts) + "\n</svg>\n";
  }

  private static String text(long x, long y, String weight, String text) {
    return "<text x=\"" + x + "\" y=\"" + y + "\" font-weight=\"" + weight + "\">"
        + text.replace("&", "&amp;").replace("<", "&lt;") + "</text>";
  }
}
