package dev.relay.discord.feeds;

import dev.relay.core.text.Cut;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** Parses RSS of every version (0.90 to 2.0, RDF) and Atom. Stateless. */
final class FeedParser {
  /** A feed of 4 MiB could hold tens of thousands of items, of which no more than these need to be remembered. */
  private static final int MAX_ITEMS = 5_000;

  private static final int DEEPEST_ITEM = 8;
  private static final int MAX_TITLE = 200;
  private static final int MAX_TEXT = 1_000;

  private FeedParser() {}

  /**
   * Returns the items in the order of the feed; of a very long feed the newest.
   *
   * @param address the address that answered; relative links are resolved against it
   * @throws FeedException if the content is not a feed
   */
  static List<FeedItem> parse(byte[] content, Optional<String> contentType, URI address)
      throws FeedException {
    Element root = FeedXml.root(FeedEncoding.decode(content, contentType));
    boolean isAtom = FeedXml.name(root).equals("feed");
    ItemLinks links = new ItemLinks(root, isAtom, address);
    List<FeedItem> items = new ArrayList<>();
    Set<String> versions = new HashSet<>();
    for (Element entry : root.getAllElements()) {
      if (!FeedXml.name(entry).equals(isAtom ? "entry" : "item") || !isNear(entry, root)) {
        continue;
      }
      Optional<FeedItem> item = item(entry, isAtom, links);
      // Atom allows several versions of an entry in one feed (RFC 4287, section 4.1.1).
      boolean isOlderVersion = isAtom
          && item.isPresent()
          && item.get().id().isPresent()
          && !versions.add(item.get().id().get() + "\n" + item.get().link().orElse(""));
      if (!isOlderVersion) {
        item.ifPresent(items::add);
      }
    }
    return items.size() > MAX_ITEMS ? newest(items) : items;
  }

  /** Checks that an item is not nested deeply in others, which no publisher does and which would take very long to read. */
  private static boolean isNear(Element entry, Element root) {
    Element ancestor = entry;
    for (int depth = 0; depth < DEEPEST_ITEM && ancestor != null; depth++) {
      ancestor = ancestor.parent();
      if (root.equals(ancestor)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the newest items. Not every feed begins with them, so the order of the feed does not decide. */
  private static List<FeedItem> newest(List<FeedItem> items) {
    return items.stream()
        .sorted(Comparator.comparing(
            item -> item.publishedAt().orElse(Instant.MAX), Comparator.reverseOrder()))
        .limit(MAX_ITEMS)
        .toList();
  }

  private static Optional<FeedItem> item(Element entry, boolean isAtom, ItemLinks links) {
    Optional<String> link = links.of(entry);
    Optional<String> id = Stream.of("guid", "id")
        .flatMap(name -> FeedXml.text(entry, name).stream())
        .findFirst()
        .or(() -> Optional.of(entry.attr("rdf:about").strip()).filter(about -> !about.isEmpty()));
    String title = first(entry, isAtom, "title");
    String text = first(entry, isAtom, "description", "summary", "encoded", "content");
    String shownTitle = Stream.of(title, text, link.orElse(""))
        .filter(FeedParser::isVisible)
        .findFirst()
        .orElse("");
    if (shownTitle.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new FeedItem(
        id,
        Cut.withEllipsis(shownTitle, MAX_TITLE),
        text.equals(shownTitle) && text.length() <= MAX_TITLE
            ? ""
            : Cut.withEllipsis(text, MAX_TEXT),
        link,
        publishedAt(entry)));
  }

  /** Returns the first date that can be read: of the publication rather than of a change. */
  private static Optional<Instant> publishedAt(Element entry) {
    return Stream.of("pubdate", "published", "issued", "created", "date", "updated", "modified")
        .flatMap(name -> FeedXml.children(entry, name))
        .flatMap(date -> FeedDates.parse(date.wholeText()).stream())
        .findFirst();
  }

  private static String first(Element entry, boolean isAtom, String... names) {
    return Stream.of(names)
        .flatMap(name -> FeedXml.child(entry, name).stream())
        .map(element -> plain(element, isAtom))
        .filter(text -> !text.isBlank())
        .findFirst()
        .orElse("");
  }

  /** Returns the plain text of an element, which holds HTML as text, HTML as elements, or (in Atom, if it says so) plain text. */
  private static String plain(Element element, boolean isAtom) {
    if (element.childrenSize() > 0) {
      return element.text().strip();
    }
    String value = element.wholeText();
    String type = element.attr("type");
    boolean isText = isAtom && (type.isEmpty() || type.equals("text") || type.equals("text/plain"));
    return isText
        ? Parser.unescapeEntities(value, false).replaceAll("\\s+", " ").strip()
        : Jsoup.parse(value).text().strip();
  }

  private static boolean isVisible(String text) {
    return text.codePoints().anyMatch(c -> {
      int type = Character.getType(c);
      return !Character.isWhitespace(c)
          && !Character.isSpaceChar(c)
          && type != Character.FORMAT
          && type != Character.CONTROL
          && type != Character.UNASSIGNED;
    });
  }
}
