package dev.relay.lucene;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** Converts Markdown to plain paragraphs. Stateless, thread-safe. */
final class PlainText {
  private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0\\ufeff]+");
  private static final Pattern COMMENTS = Pattern.compile("<!--.*?(-->|$)", Pattern.DOTALL);
  private static final Pattern TAGS = Pattern.compile("<[^<>]{0,2000}>");
  /** Deeper nesting than any article needs; limits the cost of a hostile file. */
  private static final int MAX_NESTING = 50;

  private static final Parser PARSER =
      Parser.builder().maxOpenBlockParsers(MAX_NESTING).build();

  private PlainText() {}

  /** Returns the paragraphs of a Markdown text in order, without markup, HTML and comments. */
  static List<Paragraph> of(String markdown) {
    Collector collector = new Collector();
    Node document = PARSER.parse(markdown);
    Node node = document.getFirstChild();
    // A loop rather than a recursion: the inline nodes of a hostile file can nest deeper than the
    // stack.
    while (node != null && node != document) {
      collector.enter(node);
      Node next = node.getFirstChild();
      while (next == null && node != document) {
        collector.leave(node);
        next = node.getNext();
        if (next == null) {
          node = node.getParent();
        }
      }
      node = next;
    }
    collector.end(false);
    return collector.paragraphs;
  }

  private static final class Collector {
    final List<Paragraph> paragraphs = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();

    void enter(Node node) {
      if (node instanceof Block) {
        end(false);
      }
      if (node instanceof Text text) {
        line.append(text.getLiteral());
      } else if (node instanceof Code code) {
        line.append(code.getLiteral());
      } else if (node instanceof SoftLineBreak || node instanceof HardLineBreak) {
        line.append(' ');
      } else if (node instanceof FencedCodeBlock block) {
        line.append(block.getLiteral());
      } else if (node instanceof IndentedCodeBlock block) {
        line.append(block.getLiteral());
      } else if (node instanceof HtmlBlock block) {
        String withoutComments = COMMENTS.matcher(block.getLiteral()).replaceAll(" ");
        line.append(TAGS.matcher(withoutComments).replaceAll(" "));
      }
    }

    void leave(Node node) {
      if (node instanceof Block) {
        end(node instanceof Heading);
      }
    }

    void end(boolean heading) {
      String text = SPACES.matcher(line).replaceAll(" ").strip();
      line.setLength(0);
      if (!text.isEmpty()) {
        paragraphs.add(new Paragraph(text, heading));
      }
    }
  }
}
