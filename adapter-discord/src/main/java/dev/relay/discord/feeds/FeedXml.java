package dev.relay.discord.feeds;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.parser.Parser;

/**
 * The elements of a feed's XML. It is parsed leniently, as browsers parse: undeclared name spaces and entities, unescaped ampersands and
 * characters that XML forbids do no harm. The parser knows no document types, so no feed can make Relay read a file or another address, or
 * expand entities without end. Stateless.
 */
final class FeedXml {
  private static final Pattern FIRST =
      Pattern.compile("<(?:(!DOCTYPE)\\b|[\\p{L}_])", Pattern.CASE_INSENSITIVE);
  private static final Pattern ENTITY = Pattern.compile("<!ENTITY\\s+([^\\s%]\\S*)");
  private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");

  private FeedXml() {}

  /**
   * Returns the root element of a feed.
   *
   * @throws FeedException if the text is not a whole RSS or Atom document
   */
  static Element root(String text) throws FeedException {
    String start = text.strip();
    if (start.isEmpty()) {
      throw new FeedException("is empty");
    }
    if (start.startsWith("{") || start.startsWith("[")) {
      throw new FeedException(
          "is in JSON, which Relay does not read; use the site's RSS or Atom address");
    }
    Document document = Jsoup.parse(withoutDocumentType(text), "", Parser.xmlParser());
    if (start.regionMatches(true, 0, "<!doctype html", 0, 14)
        || document.children().stream().anyMatch(element -> name(element).equals("html"))) {
      throw new FeedException("is a web page; use the address of the site's RSS or Atom feed");
    }
    // Some sites write warnings of their program, with tags that they do not close, above the feed.
    Element root = document.getAllElements().stream()
        .filter(FeedXml::isFeed)
        .findFirst()
        .orElseThrow(() -> new FeedException("is not an RSS or Atom feed"));
    // A lenient parser closes what is open at the end: half an item would be announced.
    if (!text.substring(lastItem(text)).contains("</" + root.tagName())
        && !root.children().isEmpty()) {
      throw new FeedException("ends in the middle");
    }
    return root;
  }

  private static int lastItem(String text) {
    return Math.max(0, Math.max(text.lastIndexOf("<item"), text.lastIndexOf("<entry")));
  }

  private static boolean isFeed(Element element) {
    return switch (name(element)) {
      case "rss", "feed", "rdf" -> true;
      default -> false;
    };
  }

  /**
   * Removes the document type, which only RSS 0.91 and some RSS 1.0 feeds have. Entities of HTML are known without it.
   *
   * @throws FeedException if it declares other entities: the feed's text would have holes
   */
  private static String withoutDocumentType(String text) throws FeedException {
    Matcher first = FIRST.matcher(text);
    if (!first.find() || first.group(1) == null) {
      return text;
    }
    int end = endOfDocumentType(text, first.end());
    String type = COMMENT.matcher(text.substring(first.start(), end)).replaceAll("");
    Matcher entity = ENTITY.matcher(type);
    while (entity.find()) {
      if (!Entities.isNamedEntity(entity.group(1))) {
        throw new FeedException("declares entities of its own, which Relay does not read");
      }
    }
    return text.substring(0, first.start()) + text.substring(end);
  }

  private static int endOfDocumentType(String text, int from) {
    boolean inSubset = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (text.startsWith("<!--", i)) {
        i = indexOrEnd(text, "-->", i);
      } else if (c == '"' || c == '\'') {
        i = indexOrEnd(text, String.valueOf(c), i + 1);
      } else if (c == '[' || c == ']') {
        inSubset = c == '[';
      } else if (c == '>' && !inSubset) {
        return i + 1;
      }
    }
    return text.length();
  }

  private static int indexOrEnd(String text, String what, int from) {
    int index = text.indexOf(what, from);
    return index < 0 ? text.length() : index;
  }

  /** Returns an element's name without its prefix, in lower case: publishers choose prefixes freely. */
  static String name(Element element) {
    String tag = element.tagName();
    return tag.substring(tag.indexOf(':') + 1).toLowerCase(Locale.ROOT);
  }

  /** Returns an element's prefix; empty without one. */
  static String prefix(Element element) {
    String tag = element.tagName();
    return tag.substring(0, Math.max(0, tag.indexOf(':'))).toLowerCase(Locale.ROOT);
  }

  /** Returns the direct children of that name, those without a prefix first. */
  static Stream<Element> children(Element parent, String name) {
    return Stream.concat(
        parent.children().stream()
            .filter(child -> name(child).equals(name) && prefix(child).isEmpty()),
        parent.children().stream()
            .filter(child -> name(child).equals(name) && !prefix(child).isEmpty()));
  }

  /** Returns the first direct child of that name that is not empty. */
  static Optional<Element> child(Element parent, String name) {
    return children(parent, name)
        .filter(child -> !child.wholeText().isBlank() || child.childrenSize() > 0)
        .findFirst();
  }

  /** Returns the text of the first direct child of that name that has one, as it is, without surrounding white space. */
  static Optional<String> text(Element parent, String name) {
    return children(parent, name)
        .map(child -> child.wholeText().strip())
        .filter(text -> !text.isEmpty())
        .findFirst();
  }
}
