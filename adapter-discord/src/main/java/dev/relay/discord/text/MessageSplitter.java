package dev.relay.discord.text;

import dev.relay.core.text.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a text into messages: at line breaks, otherwise at white space, otherwise between characters. A code block that does not fit is
 * closed at the end of one message and reopened, with its language, in the next. Stateless.
 */
public final class MessageSplitter {
  /** Discord's limit for one message, in UTF-16 units. */
  public static final int LIMIT = 2_000;

  private static final String CLOSING = "\n```";

  private MessageSplitter() {}

  /**
   * One message of a text.
   *
   * @param opening reopens a code block; empty if none continues
   * @param content a piece of the text; all pieces together are the text
   * @param closing closes a code block that continues in the next message; empty if none does
   */
  record Piece(String opening, String content, String closing) {
    String whole() {
      return opening + content + closing;
    }
  }

  /** Returns the messages in order, each at most {@value #LIMIT} units long and none of them blank. */
  public static List<String> split(String text) {
    return pieces(text, LIMIT).stream()
        .map(Piece::whole)
        .filter(whole -> !whole.isBlank())
        .toList();
  }

  static List<Piece> pieces(String text, int limit) {
    CodeBlocks blocks = new CodeBlocks(text);
    List<Piece> pieces = new ArrayList<>();
    String opening = "";
    int from = 0;
    while (opening.length() + text.length() - from > limit) {
      int furthest = from + limit - opening.length() - CLOSING.length();
      int cut = cut(text, from, furthest, blocks);
      Optional<CodeBlocks.Block> block = blocks.around(cut);
      pieces.add(new Piece(opening, text.substring(from, cut), block.isPresent() ? CLOSING : ""));
      opening = block.map(CodeBlocks.Block::opening).orElse("");
      from = cut;
    }
    pieces.add(new Piece(opening, text.substring(from), ""));
    return pieces;
  }

  private static int cut(String text, int from, int furthest, CodeBlocks blocks) {
    int cut = niceCut(text, from, furthest);
    Optional<CodeBlocks.Block> block = blocks.around(cut);
    if (block.isEmpty()) {
      return cut;
    }
    CodeBlocks.Block inside = block.get();
    if (cut <= inside.inner() && inside.start() > from) {
      return inside.start();
    }
    if (cut > inside.innerEnd() && inside.innerEnd() > from) {
      // A cut inside the closing fence would break it.
      return inside.innerEnd();
    }
    return cut;
  }

  private static int niceCut(String text, int from, int furthest) {
    // A message that is less than half full because of a line break looks odd.
    int half = from + (furthest - from) / 2;
    int line = text.lastIndexOf('\n', furthest - 1);
    if (line >= half) {
      return line + 1;
    }
    for (int i = furthest; i > half; i--) {
      if (Character.isWhitespace(text.charAt(i - 1))) {
        return i;
      }
    }
    return Cut.at(text, furthest);
  }
}
