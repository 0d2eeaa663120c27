package dev.relay.core.virtualagent;

import dev.relay.core.text.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The part of an article that is shown as the answer, in the article's own Markdown: the whole article if it is short, else the section
 * that answers. It is cut at its end and never at its beginning, because the first sentence mostly is the answer. Stateless.
 */
final class Excerpt {
  /** The most characters of an excerpt: with title, address and question it fits into one message of Discord. */
  static final int MAX = 1_400;

  private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?(?:-->|$)");
  private static final Pattern HEADING = Pattern.compile("\\s{0,3}#{1,6}(\\s.*)?");
  private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]");
  private static final String FENCE = "```";
  private static final String ELLIPSIS = "…";
  /** The letters and digits of a passage that suffice to find its section. */
  private static final int MARK = 30;

  private Excerpt() {}

  /**
   * Returns the excerpt of an article.
   *
   * @param markdown the whole article
   * @param passage the passage that the search chose, plain text
   */
  static String of(String markdown, String passage) {
    String whole = COMMENT.matcher(markdown).replaceAll("").strip();
    if (whole.length() <= MAX) {
      return whole;
    }
    List<String> sections = sections(whole);
    String mark = Cut.to(letters(passage), MARK);
    String chosen = sections.stream()
        .filter(section -> !mark.isEmpty() && letters(section).contains(mark))
        .findFirst()
        .orElse(sections.get(0));
    boolean isLast = chosen.equals(sections.get(sections.size() - 1));
    return chosen.length() <= MAX - 2
        ? chosen + (isLast ? "" : "\n" + ELLIPSIS)
        : shortened(chosen);
  }

  private static String letters(String text) {
    return NEITHER_LETTER_NOR_DIGIT.matcher(text).replaceAll("");
  }

  /** Splits an article before its headings; a heading alone belongs to the section below it. */
  private static List<String> sections(String whole) {
    List<String> sections = new ArrayList<>();
    StringBuilder section = new StringBuilder();
    boolean hasText = false;
    boolean isFenced = false;
    for (String line : whole.split("\n", -1)) {
      boolean isHeading = !isFenced && HEADING.matcher(line).matches();
      if (isHeading && hasText) {
        sections.add(section.toString().strip());
        section.setLength(0);
        hasText = false;
      }
      hasText |= !isHeading && !line.isBlank();
      isFenced ^= line.strip().startsWith(FENCE);
      section.append(line).append('\n');
    }
    sections.add(section.toString().strip());
    return sections;
  }

  /** Cuts a text between two blocks, else between two lines, else between two words. */
  private static String shortened(String text) {
    int room = MAX - FENCE.length() - 3;
    String cut = Cut.to(text, room);
    int end = place(cut, "\n\n");
    end = end > 0 ? end : place(cut, "\n");
    end = end > 0 ? end : place(cut, " ");
    String kept = (end > 0 ? cut.substring(0, end) : cut).stripTrailing();
    boolean isFenced = kept.split(FENCE, -1).length % 2 == 0;
    return kept + (isFenced ? "\n" + FENCE : "") + "\n" + ELLIPSIS;
  }

  /** Returns the last place of a separator in the second half; 0 if there is none. */
  private static int place(String cut, String separator) {
    int last = cut.lastIndexOf(separator);
    return last > cut.length() / 2 ? last : 0;
  }
}
