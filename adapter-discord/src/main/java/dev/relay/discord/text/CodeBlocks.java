package dev.relay.discord.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the code blocks of a text are. A fence that is never closed is none. */
final class CodeBlocks {
  private static final String FENCE = "```";
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9+#._-]{0,20}\\n");

  private final List<Block> blocks = new ArrayList<>();

  /** A code block: its fence, where its content begins, the end of its content, and the end of its closing fence. */
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

  /** The block that a cut at that place would cut in two. */
  Optional<Block> around(int place) {
    return blocks.stream().filter(it -> it.start() < place && place < it.end()).findFirst();
  }
}
