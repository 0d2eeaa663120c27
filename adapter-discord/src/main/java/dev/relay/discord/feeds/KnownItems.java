package dev.relay.discord.feeds;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The items of a feed that have been seen, announced or not. It is kept in the store, so that a restart neither announces anything again
 * nor misses what appeared in the meantime, however long the store keeps the keys of announcements. Items that have left the feed are
 * remembered as well, because they may come back. Not thread-safe.
 */
final class KnownItems {
  /** The number of items that are remembered after they have left the feed. */
  static final int MOST_PAST = 1_000;

  private static final String VERSION = "1 ";

  /**
   * An item that has not been seen before.
   *
   * @param identity identifies it among all items of the feed
   */
  record NewItem(FeedItem item, String identity) {}

  /**
   * The result of a comparison.
   *
   * @param fresh the new items in the order of the feed
   * @param after the memory that includes all items of the check
   */
  record Look(List<NewItem> fresh, KnownItems after) {}

  /** The most recently seen first. */
  private final List<ItemKeys> items;

  private final Set<Long> marks = new HashSet<>();

  private KnownItems(List<ItemKeys> items) {
    this.items = items;
    items.forEach(this::mark);
  }

  /** Returns an empty memory, for a feed that is seen for the first time. */
  static KnownItems none() {
    return new KnownItems(new ArrayList<>());
  }

  /** Parses the result of {@link #write}; returns empty for anything else. */
  static Optional<KnownItems> read(String written) {
    if (!written.startsWith(VERSION)) {
      return Optional.empty();
    }
    try {
      ByteBuffer bytes =
          ByteBuffer.wrap(Base64.getDecoder().decode(written.substring(VERSION.length())));
      List<ItemKeys> items = new ArrayList<>();
      while (bytes.remaining() >= ItemKeys.COUNT * Long.BYTES) {
        items.add(new ItemKeys(
            bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong()));
      }
      return Optional.of(new KnownItems(items));
    } catch (IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  /** Returns this memory as text. */
  String write() {
    ByteBuffer bytes = ByteBuffer.allocate(items.size() * ItemKeys.COUNT * Long.BYTES);
    for (ItemKeys item : items) {
      bytes
          .putLong(item.id())
          .putLong(item.place())
          .putLong(item.words())
          .putLong(item.dated())
          .putLong(item.texted());
    }
    return VERSION + Base64.getEncoder().encodeToString(bytes.array());
  }

  /**
   * Compares the items of one check with this memory.
   *
   * @param found the items in the order of the feed
   */
  Look look(List<FeedItem> found) {
    Set<String> shared = sharedIds(found);
    List<ItemKeys> present = found.stream()
        .map(item -> ItemKeys.of(item, item.id().filter(shared::contains).isPresent()))
        .toList();
    boolean idsAreKept = present.stream().anyMatch(keys -> marks.contains(keys.id()));
    KnownItems seen = new KnownItems(new ArrayList<>(items));
    List<NewItem> fresh = new ArrayList<>();
    for (int i = 0; i < present.size(); i++) {
      ItemKeys keys = present.get(i);
      FeedItem item = found.get(i);
      if (!seen.contains(keys, item, idsAreKept)) {
        fresh.add(new NewItem(item, keys.identity(item)));
        // The feed may hold it twice.
        seen.mark(keys);
      }
    }
    return new Look(fresh, after(present, shared));
  }

  /** Returns the ids that two different items have, now or at an earlier check: they identify neither. */
  private Set<String> sharedIds(List<FeedItem> found) {
    Map<String, String> places = new HashMap<>();
    Set<String> shared = new HashSet<>();
    for (FeedItem item : found) {
      item.id().ifPresent(id -> {
        String place = item.link().orElse("") + "\n" + item.title();
        String first = places.putIfAbsent(id, place);
        if ((first != null && !first.equals(place))
            || marks.contains(ItemKeys.ofSharedId(id).id())) {
          shared.add(id);
        }
      });
    }
    return shared;
  }

  /**
   * Checks whether an item has been seen. With an id of its own it is known by this id, or, in case the site has made new ids, by its link
   * and title together with its date or its text. Without one it is known by its link together with its title or its text.
   *
   * @param idsAreKept whether other items still have the ids that they had: then a new id means a new item, even if it says no more than
   *     an older one
   */
  private boolean contains(ItemKeys keys, FeedItem item, boolean idsAreKept) {
    if (keys.id() != 0 && marks.contains(keys.id())) {
      return true;
    }
    if (keys.id() == 0 && item.link().isPresent()) {
      return marks.contains(keys.place()) || marks.contains(keys.words());
    }
    boolean saysNothing = item.text().isEmpty() && item.publishedAt().isPresent();
    return marks.contains(keys.dated())
        || (marks.contains(keys.texted()) && !(saysNothing && idsAreKept));
  }

  private KnownItems after(List<ItemKeys> present, Set<String> shared) {
    Set<ItemKeys> all = new LinkedHashSet<>(present);
    shared.forEach(id -> all.add(ItemKeys.ofSharedId(id)));
    items.stream().filter(item -> !all.contains(item)).limit(MOST_PAST).toList().forEach(all::add);
    return new KnownItems(new ArrayList<>(all));
  }

  /** Checks whether another memory holds the same marks. */
  boolean isSame(KnownItems other) {
    return marks.equals(other.marks);
  }

  private void mark(ItemKeys item) {
    marks.add(item.id());
    marks.add(item.place());
    marks.add(item.words());
    marks.add(item.dated());
    marks.add(item.texted());
    // 0 is the absence of a mark, which two items do not have in common.
    marks.remove(0L);
  }
}
