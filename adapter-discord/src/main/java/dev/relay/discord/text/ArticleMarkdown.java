package dev.relay.discord.text;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Converts the Markdown of articles to Discord's. Discord shows each line break, has no images and no HTML, and its headings are larger
 * than a message needs. Code blocks stay as they are. Stateless.
 */
final class ArticleMarkdown {
  private static final String FENCE = "```";
  private static final Pattern HEADING = Pattern.compile("\\s{0,3}#{1,6}\\s+(.*?)\\s*#*\\s*");
  private static final Pattern UNDERLINE =
      Pattern.compile("\\s{0,3}(=+|-{3,}|(\\*\\s*){3,}|(_\\s*){3,})\\s*");
  /** The beginning of a line that does not continue a paragraph. */
  private static final Pattern BLOCK =
      Pattern.compile("\\s*([-*+]\\s|\\d{1,9}[.)]\\s|>|\\||#{1,6}\\s|```).*");

  private static final Pattern PLUS = Pattern.compile("^(\\s*)\\+(\\s)");
  private static final Pattern IMAGE =
      Pattern.compile("!\\[([^\\]]{0,500})]\\([^)\\s]{0,1000}[^)]{0,200}\\)");
  private static final Pattern LINK =
      Pattern.compile("\\[([^\\]]{1,500})]\\(<?([^)\\s<>]{1,1000})>?[^)]{0,200}\\)");
  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^<>]{0,500}>");
  private static final Pattern ADDRESS = Pattern.compile("(?i)<?https?://.*");

  private ArticleMarkdown() {}

  /** Returns the text in Discord's Markdown. */
  static String toDiscord(String markdown) {
    StringBuilder text = new StringBuilder(markdown.length());
    boolean isFenced = false;
    boolean canContinue = false;
    for (String line : markdown.replace("\r", "").split("\n", -1)) {
      boolean isFence = line.strip().startsWith(FENCE);
      if (isFenced || isFence) {
        // Blank lines of code count.
        (isFenced ? text.append('\n') : newLine(text)).append(line);
        isFenced ^= isFence;
        canContinue = false;
      } else if (UNDERLINE.matcher(line).matches()) {
        canContinue = false;
      } else if (line.isBlank()) {
        blankLine(text);
        canContinue = false;
      } else {
        boolean isBlock = BLOCK.matcher(line).matches();
        if (canContinue && !isBlock) {
          text.append(' ').append(inline(line.strip()));
        } else {
          newLine(text).append(inline(heading(isBlock ? line : line.strip())));
        }
        canContinue = !line.endsWith("  ") && !line.endsWith("\\") && !isHeading(line);
      }
    }
    return text.toString().strip();
  }

  private static StringBuilder newLine(StringBuilder text) {
    return text.length() == 0 || text.charAt(text.length() - 1) == '\n' ? text : text.append('\n');
  }

  private static void blankLine(StringBuilder text) {
    if (text.length() > 0 && !text.toString().endsWith("\n\n")) {
      newLine(text).append('\n');
    }
  }

  private static boolean isHeading(String line) {
    return HEADING.matcher(line).matches();
  }

  private static String heading(String line) {
    Matcher heading = HEADING.matcher(line);
    return heading.matches() && !heading.group(1).isBlank()
        ? "**" + heading.group(1).replace("**", "") + "**"
        : line;
  }

  private static String inline(String line) {
    String text = PLUS.matcher(line).replaceFirst("$1-$2");
    text = text.endsWith("\\") ? text.substring(0, text.length() - 1) : text.stripTrailing();
    text = IMAGE.matcher(text).replaceAll(image -> Matcher.quoteReplacement(image.group(1)));
    text = LINK.matcher(text)
        .replaceAll(link -> Matcher.quoteReplacement(
            link.group(2).toLowerCase(Locale.ROOT).matches("https?://.+")
                // Without the angle brackets, Discord adds a preview of each page.
                ? "[" + link.group(1) + "](<" + link.group(2) + ">)"
                : link.group(1)));
    return TAG.matcher(text)
        .replaceAll(tag ->
            ADDRESS.matcher(tag.group()).matches() ? Matcher.quoteReplacement(tag.group()) : "");
  }
}
