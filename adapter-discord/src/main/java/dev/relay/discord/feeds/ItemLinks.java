package dev.relay.discord.feeds;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;

/** The addresses of the pages that the items of one feed are about. */
final class ItemLinks {
  /** Discord's limit for the address of a card is 2,048 characters. */
  private static final int MAX_LENGTH = 2_000;

  private static final String UNSAFE = " \"<>\\^`{|}";
  private static final String BASE = "xml:base";

  private final boolean isAtom;
  private final URI base;

  /**
   * Takes the feed.
   *
   * @param root the root element
   * @param address the address that answered; relative links are resolved against it, or in RSS against the site's
   */
  ItemLinks(Element root, boolean isAtom, URI address) {
    this.isAtom = isAtom;
    this.base = isAtom ? address : site(root, address);
  }

  private static URI site(Element root, URI address) {
    return FeedXml.children(root, "channel")
        .flatMap(channel -> FeedXml.text(channel, "link").stream())
        .flatMap(link -> absolute(link, address).stream())
        .map(URI::create)
        .findFirst()
        .orElse(address);
  }

  /** Returns the absolute web address of an item: its link, else its permanent id if that is one, else its first file. */
  Optional<String> of(Element entry) {
    URI near = nearestBase(entry);
    return Stream.of(
            isAtom ? pages(entry) : Stream.concat(texts(entry, "link"), pages(entry)),
            permanentIds(entry),
            FeedXml.children(entry, "enclosure").map(file -> file.attr("url")),
            related(entry, "enclosure").map(ItemLinks::href))
        .flatMap(links -> links)
        .flatMap(link -> absolute(link, near).stream())
        .findFirst();
  }

  private URI nearestBase(Element entry) {
    List<Element> ancestors = new ArrayList<>(entry.parents());
    Collections.reverse(ancestors);
    ancestors.add(entry);
    URI near = base;
    for (Element ancestor : ancestors) {
      if (ancestor.hasAttr(BASE)) {
        near = absolute(ancestor.attr(BASE), near).map(URI::create).orElse(near);
      }
    }
    return near;
  }

  /** Returns the alternate links of an entry, those to HTML first: Atom allows one for each format. */
  private static Stream<String> pages(Element entry) {
    List<Element> pages =
        Stream.concat(related(entry, "alternate"), related(entry, "")).toList();
    return Stream.concat(pages.stream().filter(ItemLinks::isHtml), pages.stream())
        .map(ItemLinks::href);
  }

  private static boolean isHtml(Element link) {
    String type = link.attr("type").toLowerCase(Locale.ROOT);
    return type.isEmpty() || type.contains("html");
  }

  private static Stream<Element> related(Element entry, String relation) {
    return FeedXml.children(entry, "link")
        .filter(link -> link.hasAttr("href"))
        .filter(link -> link.attr("rel").strip().equalsIgnoreCase(relation));
  }

  private static String href(Element link) {
    String href = link.attr("href");
    try {
      return link.hasAttr(BASE)
          ? new URI(link.attr(BASE)).resolve(escaped(href)).toString()
          : href;
    } catch (URISyntaxException | IllegalArgumentException odd) {
      return href;
    }
  }

  /** Returns the ids that are addresses: a guid is a permanent link unless it says otherwise (RSS 2.0). */
  private static Stream<String> permanentIds(Element entry) {
    return Stream.concat(FeedXml.children(entry, "guid"), FeedXml.children(entry, "id"))
        .filter(id -> !id.attr("isPermaLink").equalsIgnoreCase("false"))
        .map(id -> id.wholeText().strip())
        .filter(id -> id.regionMatches(true, 0, "http", 0, 4));
  }

  private static Stream<String> texts(Element entry, String name) {
    return FeedXml.children(entry, name).map(element -> element.wholeText().strip());
  }

  /** Returns a link as an absolute web address; empty if it is none, or too long for Discord. */
  private static Optional<String> absolute(String link, URI base) {
    if (link.isBlank()) {
      return Optional.empty();
    }
    try {
      URI uri = base.resolve(new URI(escaped(link)));
      boolean isWeb =
          "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
      return isWeb && uri.getHost() != null && uri.toString().length() <= MAX_LENGTH
          ? Optional.of(uri.toString())
          : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException odd) {
      return Optional.empty();
    }
  }

  /** Escapes the characters that browsers accept in addresses and the standard does not. */
  private static String escaped(String link) {
    StringBuilder escaped = new StringBuilder(link.length());
    link.strip().replaceAll("[\\t\\r\\n]", "").codePoints().forEach(c -> {
      if (UNSAFE.indexOf(c) >= 0) {
        for (byte one : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
          escaped.append(String.format(Locale.ROOT, "%%%02X", one));
        }
      } else {
        escaped.appendCodePoint(c);
      }
    });
    return escaped.toString().replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
  }
}
