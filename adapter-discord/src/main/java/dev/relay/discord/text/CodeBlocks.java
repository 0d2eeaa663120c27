package dev.relay.discord.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The positions of the code blocks in a text. A fence that is never closed does not count. */
final class CodeBlocks {
  private static final String FENCE = "```";
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9+#._-]{0,20}\\n");

  private final List<Block> blocks = new ArrayList<>();

  /**
   * A code block.
   *
   * @param start the start of its opening fence
   * @param inner the start of its content
   * @param innerEnd the end of its content
   * @param end the end of its closing fence
   * @param opening the opening fence with its language
   */
  record Block(int start, int inner, int innerEnd, int end, String opening) {}

  CodeBlocks(String text) {
    Matcher language = LANGUAGE.matcher(text);
    int start = text.indexOf(FENCE);
    while (start >= 0) {
      int content = start + FENCE.length();
      int close = text.indexOf(FENCE, content);
      if (close < 0) {
        return;
      }
      language.region(content, close);
      int inner = language.lookingAt() ? language.end() : content;
      String opening = inner == content ? FENCE + "\n" : text.substring(start, inner);
      blocks.add(new Block(start, inner, close, close + FENCE.length(), opening));
      start = text.indexOf(FENCE, close + FENCE.length());
    }
  }

  /** Returns the block that a cut at a position would split. */
  Optional<Block> around(int place) {
    return blocks.stream().filter(it -> it.start() < place && place < it.end()).findFirst();
  }
}
