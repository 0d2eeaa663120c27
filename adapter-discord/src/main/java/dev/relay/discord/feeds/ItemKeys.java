package dev.relay.discord.feeds;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;

/**
 * The marks by which an item is recognised at the next check, as 64-bit hashes; 0 for a mark that the item does not have. No single mark
 * will do: ids are the same on all items, or made anew for each request; dates of old items are bumped; titles are corrected; sites move
 * from http to https or to another host.
 *
 * @param id the id that the feed gives the item
 * @param place link and title; 0 without a link, because titles are used again
 * @param words link and text
 * @param dated link, title and date
 * @param texted link, title and text
 */
record ItemKeys(long id, long place, long words, long dated, long texted) {
  /** The number of marks. */
  static final int COUNT = 5;

  /**
   * Returns the marks of an item.
   *
   * @param isShared whether other items have the same id, which therefore identifies none of them
   */
  static ItemKeys of(FeedItem item, boolean isShared) {
    boolean hasLink = item.link().isPresent();
    String link = item.link().map(ItemKeys::withoutHost).orElse("");
    String place = link + "\n" + item.title().toLowerCase(Locale.ROOT);
    return new ItemKeys(
        isShared ? 0 : item.id().map(ItemKeys::id).orElse(0L),
        hasLink ? hash("place", place) : 0,
        hasLink && !item.text().isEmpty() ? hash("words", link + "\n" + item.text()) : 0,
        item.publishedAt()
            .map(at -> hash("dated", place + "\n" + at.getEpochSecond()))
            .orElse(0L),
        hash("texted", place + "\n" + item.text()));
  }

  /** Returns the mark of an id. */
  static long id(String id) {
    return hash("id", normal(id));
  }

  /** Returns the marks that remember that an id is shared. */
  static ItemKeys ofSharedId(String id) {
    return new ItemKeys(hash("shared", normal(id)), 0, 0, 0, 0);
  }

  /**
   * Returns the text that identifies the item of a feed for good, for the key of its announcement.
   *
   * @param item the item of these marks
   */
  String identity(FeedItem item) {
    Optional<String> own = id == 0 ? Optional.empty() : item.id();
    return own.orElse(Long.toHexString(place) + " " + Long.toHexString(texted) + " " + dated);
  }

  /** Returns an address without its host: a site that moves keeps its paths. Ids keep theirs, because a feed may collect several sites. */
  private static String withoutHost(String address) {
    String text = normal(address);
    return text.substring(Math.max(0, text.indexOf('/')));
  }

  /** Returns an id or address without its scheme, "www.", campaign and final slash, which change while the item stays the same. */
  private static String normal(String address) {
    String text = address.strip();
    if (!text.regionMatches(true, 0, "http://", 0, 7)
        && !text.regionMatches(true, 0, "https://", 0, 8)) {
      return text;
    }
    return text.replaceFirst("(?i)^https?://(www\\.)?", "")
        .replaceAll("(?<=[?&])utm_[A-Za-z_]+=[^&#]*&?", "")
        .replaceFirst("[?&]+(?=#|$)", "")
        .replaceFirst("/+$", "");
  }

  private static long hash(String kind, String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256")
          .digest((kind + "\n" + text).getBytes(StandardCharsets.UTF_8));
      long hash = ByteBuffer.wrap(digest).getLong();
      return hash == 0 ? 1 : hash;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime lacks SHA-256", e);
    }
  }
}
