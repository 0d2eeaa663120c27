package dev.relay.lucene;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.front.matter.YamlFrontMatterExtension;
import org.commonmark.ext.front.matter.YamlFrontMatterVisitor;
import org.commonmark.parser.Parser;

/**
 * The fields between the {@code ---} lines at the top of an article's file, and the Markdown below them. Supports {@code key:
 * value}, {@code key: [one, two]}, lists of {@code - item} lines, quotes and {@code #} comment lines.
 *
 * @param fields values by field, with the line of each field
 * @param body the text after the front matter
 */
record FrontMatter(Map<String, Field> fields, String body) {
  private static final Pattern FENCE = Pattern.compile("-{3}\\s*");
  private static final Pattern END = Pattern.compile("(-{3}|\\.{3})\\s*");
  private static final Pattern KEY = Pattern.compile(" {0,3}([A-Za-z0-9._-]+):(\\s.*)?");
  private static final Pattern FLOW = Pattern.compile("[^:]*:\\s+\\[.*");
  private static final Pattern ITEM = Pattern.compile("\\s*-(\\s.*)?");
  private static final Pattern IGNORED = Pattern.compile("\\s*(#.*)?");
  private static final Parser PARSER =
      Parser.builder().extensions(List.of(YamlFrontMatterExtension.create())).build();

  /** The values of a field: one for {@code key: value}, several for a list, none for {@code key:}. */
  record Field(int line, List<String> values) {}

  /** Reports a line of front matter that cannot be parsed. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
    final int line;
    final String field;

    Unreadable(int line, String field, String message) {
      super(message);
      this.line = line;
      this.field = field;
    }
  }

  Optional<Field> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** Reads the front matter of a file. A file without front matter has no fields and is all body. */
  static FrontMatter read(String text) throws Unreadable {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !FENCE.matcher(lines.get(0)).matches()) {
      return new FrontMatter(Map.of(), text);
    }
    int end = 1;
    while (end < lines.size() && !END.matcher(lines.get(end)).matches()) {
      end++;
    }
    if (end == lines.size()) {
      throw new Unreadable(
          1, "", "the front matter that starts here must end with a line of three dashes (---)");
    }
    Map<String, Integer> keys = keyLines(lines.subList(1, end));
    Map<String, List<String>> values = values(lines.subList(1, end));
    Map<String, Field> fields = new LinkedHashMap<>();
    for (Map.Entry<String, Integer> key : keys.entrySet()) {
      String name = key.getKey();
      int line = key.getValue();
      List<String> read = values.getOrDefault(name, List.of());
      boolean flow = FLOW.matcher(lines.get(line - 1)).matches();
      fields.put(name, new Field(line, flow ? items(name, line, read.get(0)) : read));
    }
    return new FrontMatter(fields, String.join("\n", lines.subList(end + 1, lines.size())));
  }

  /** Returns the line of each field. Refuses lines that the parser below would silently skip. */
  private static Map<String, Integer> keyLines(List<String> lines) throws Unreadable {
    Map<String, Integer> keys = new LinkedHashMap<>();
    String current = "";
    boolean literal = false;
    for (int i = 0; i < lines.size(); i++) {
      int lineNumber = i + 2;
      Matcher key = KEY.matcher(lines.get(i));
      if (key.matches()) {
        current = key.group(1);
        literal = "|".equals(key.group(2) == null ? "" : key.group(2).strip());
        if (keys.putIfAbsent(current, lineNumber) != null) {
          throw new Unreadable(lineNumber, current, "occurs twice; each field may occur only once");
        }
      } else if (!literal
          && !IGNORED.matcher(lines.get(i)).matches()
          && (current.isEmpty() || !ITEM.matcher(lines.get(i)).matches())) {
        throw new Unreadable(
            lineNumber,
            current,
            "not understood; allowed are: key: value, key: [one, two], - item");
      }
    }
    return keys;
  }

  private static Map<String, List<String>> values(List<String> lines) {
    List<String> block = new ArrayList<>();
    block.add("---");
    for (String line : lines) {
      if (!IGNORED.matcher(line).matches()) {
        // The extension requires indented list items; YAML and most authors do not.
        block.add(line.startsWith("-") ? "  " + line : line);
      }
    }
    block.add("---");
    YamlFrontMatterVisitor visitor = new YamlFrontMatterVisitor();
    PARSER.parse(String.join("\n", block)).accept(visitor);
    return visitor.getData();
  }

  /** Splits {@code [one, "two, three"]}, which the extension returns unparsed. */
  private static List<String> items(String field, int line, String value) throws Unreadable {
    String text = value.strip();
    if (!text.endsWith("]")) {
      throw new Unreadable(line, field, "the list that starts with [ must end with ] on one line");
    }
    List<String> items = new ArrayList<>();
    StringBuilder item = new StringBuilder();
    char quote = 0;
    boolean quoted = false;
    for (int i = 1; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote == '"' && i + 1 < text.length() - 1) {
          item.append(text.charAt(++i));
        } else if (c == quote && quote == '\'' && text.charAt(i + 1) == '\'') {
          item.append(text.charAt(++i));
        } else if (c == quote) {
          quote = 0;
        } else {
          item.append(c);
        }
      } else if ((c == '"' || c == '\'') && item.toString().isBlank()) {
        quote = c;
        quoted = true;
        item.setLength(0);
      } else if (c == ',') {
        addItem(items, item, quoted);
        quoted = false;
      } else {
        item.append(c);
      }
    }
    if (quote != 0) {
      throw new Unreadable(line, field, "a quote in the list is never closed");
    }
    addItem(items, item, quoted);
    return items;
  }

  private static void addItem(List<String> items, StringBuilder item, boolean quoted) {
    String text = item.toString().strip();
    item.setLength(0);
    if (quoted || !text.isEmpty()) {
      items.add(text);
    }
  }
}
