package dev.relay.discord.feeds;

import com.rometools.rome.feed.synd.SyndContent;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.XmlReader;
import dev.relay.core.text.Cut;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;

/** Parses RSS and Atom. Rejects document types, so that no feed can make Relay read files or other addresses. */
final class FeedParser {
  private static final int MAX_ITEMS = 100;
  private static final int MAX_TITLE = 200;
  private static final int MAX_TEXT = 1_000;

  private FeedParser() {}

  /**
   * Returns the items in the order of the feed.
   *
   * @throws FeedException if the content is not a feed
   */
  static List<FeedItem> parse(byte[] content, Optional<String> contentType)
      throws FeedException, IOException {
    SyndFeedInput input = new SyndFeedInput();
    input.setAllowDoctypes(false);
    try (XmlReader reader =
        new XmlReader(new ByteArrayInputStream(content), contentType.orElse(null))) {
      List<FeedItem> items = new ArrayList<>();
      for (SyndEntry entry : input.build(reader).getEntries()) {
        item(entry).ifPresent(items::add);
        if (items.size() == MAX_ITEMS) {
          break;
        }
      }
      return items;
    } catch (IllegalArgumentException e) {
      throw new FeedException("not a feed", e);
    }
  }

  private static Optional<FeedItem> item(SyndEntry entry) {
    Optional<String> link = Optional.ofNullable(entry.getLink()).flatMap(FeedParser::webAddress);
    String title = plain(entry.getTitle());
    String text = plain(
        Optional.ofNullable(entry.getDescription()).map(SyndContent::getValue).orElse(""));
    String shownTitle = title.isBlank() ? text : title;
    String id = Optional.ofNullable(entry.getUri())
        .filter(uri -> !uri.isBlank())
        .or(() -> link)
        .orElse(shownTitle);
    if (shownTitle.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(new FeedItem(
        id,
        Cut.withEllipsis(shownTitle, MAX_TITLE),
        Cut.withEllipsis(text, MAX_TEXT),
        link,
        publishedAt(entry)));
  }

  private static Optional<Instant> publishedAt(SyndEntry entry) {
    return Optional.ofNullable(entry.getPublishedDate())
        .or(() -> Optional.ofNullable(entry.getUpdatedDate()))
        .map(Date::toInstant);
  }

  private static String plain(String html) {
    return html == null ? "" : Jsoup.parse(html).text().strip();
  }

  private static Optional<String> webAddress(String text) {
    try {
      URI uri = new URI(text.strip());
      boolean isWeb =
          "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
      return isWeb && uri.getHost() != null ? Optional.of(uri.toString()) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
