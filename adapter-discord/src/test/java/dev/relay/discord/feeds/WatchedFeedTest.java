package dev.relay.discord.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.discord.feeds.WatchedFeed.Findings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What is news in a feed, with the habits of publishers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class WatchedFeedTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final Duration MAX_AGE = Duration.ofDays(3);

  private Instant now = NOW;
  private WatchedFeed feed = feed();
  private String memory = "";

  @Test
  void a_date_in_the_future_is_that_of_the_first_sight() {
    check();
    FeedItem far = item("far", "Far", Instant.parse("2099-01-01T00:00:00Z"));
    assertThat(check(far)).containsExactly("Far");

    for (int month = 0; month < 24; month++) {
      now = now.plus(Duration.ofDays(31));
      restart();
      assertThat(check(far)).isEmpty();
    }
  }

  @Test
  void the_newest_items_are_found_at_the_end_of_a_feed_as_well() {
    List<FeedItem> items = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      items.add(item("g" + i, "T" + i, NOW.minusSeconds(1_000 - i)));
    }
    assertThat(check(items)).isEmpty();

    items.add(item("g150", "T150", NOW));
    assertThat(check(items)).containsExactly("T150");
  }

  @Test
  void of_many_new_items_the_newest_are_announced_in_the_order_of_their_dates() {
    check();
    List<FeedItem> items = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      items.add(item("g" + i, "T" + i, NOW.minusSeconds(1_000 - i)));
    }
    List<String> announced = check(items);

    assertThat(announced).hasSize(100).startsWith("T50", "T51").endsWith("T149");
    assertThat(check(items)).isEmpty();
  }

  @Test
  void an_item_whose_date_or_text_changes_is_not_news() {
    FeedItem old = item("thread", "An old thread", NOW.minus(Duration.ofDays(400)));
    check(old);

    assertThat(check(dated(old, NOW))).isEmpty();
    assertThat(check(new FeedItem(old.id(), "Another title", "new", old.link(), Optional.of(NOW))))
        .isEmpty();
  }

  @Test
  void an_old_item_that_appears_is_not_news() {
    check();

    assertThat(check(item("old", "Old", NOW.minus(MAX_AGE).minusSeconds(1)))).isEmpty();
  }

  @Test
  void items_that_all_have_the_same_id_are_told_apart_by_link_and_title() {
    FeedItem one = item("https://site.example/", "One", NOW);
    FeedItem two = item("https://site.example/", "Two", NOW);
    FeedItem three = item("https://site.example/", "Three", NOW);
    check(one);

    assertThat(check(two, one)).containsExactly("Two");
    assertThat(check(three, two)).containsExactly("Three");
    // The id is known to be useless, even if only one item has it at the moment.
    assertThat(check(item("https://site.example/", "Four", NOW))).containsExactly("Four");
    restart();
    assertThat(check(item("https://site.example/", "Five", NOW))).containsExactly("Five");
    assertThat(check(one)).isEmpty();
  }

  @Test
  void ids_that_are_made_anew_for_each_request_announce_nothing_again() {
    check(item("r1", "One", NOW));
    assertThat(check(item("r2", "One", NOW))).isEmpty();
    assertThat(check(dated(item("r3", "One", NOW), NOW.plusSeconds(60)))).isEmpty();

    assertThat(check(item("r4", "Two", NOW), item("r5", "One", NOW))).containsExactly("Two");
    assertThat(check(item("r6", "Two", NOW), item("r7", "One", NOW))).isEmpty();
  }

  @Test
  void a_site_that_moves_to_https_announces_nothing_again() {
    FeedItem http = new FeedItem(
        Optional.of("http://www.site.example/1/"),
        "One",
        "text",
        Optional.of("http://www.site.example/1/"),
        Optional.of(NOW));
    check(http);

    assertThat(check(new FeedItem(
            Optional.of("https://site.example/1"),
            "One!",
            "changed",
            Optional.of("https://site.example/1?utm_source=rss"),
            Optional.of(NOW.plusSeconds(60)))))
        .isEmpty();
  }

  @Test
  void a_site_that_moves_to_another_host_announces_nothing_again() {
    check(at("https://old.example/2026/one"));

    assertThat(check(at("https://new.example/2026/one"))).isEmpty();
    assertThat(check(at("https://new.example/2026/two"))).hasSize(1);
  }

  @Test
  void parameters_of_campaigns_do_not_tell_items_apart_and_others_do() {
    check(at("https://site.example/news?utm_source=rss&id=1&utm_medium=feed"));

    assertThat(check(at("https://site.example/news?id=1"))).isEmpty();
    assertThat(check(at("https://site.example/news?utm_source=rss&id=2"))).hasSize(1);
    assertThat(check(at("https://site.example/news?id=2&utm_source=mail#top"))).hasSize(1);
  }

  private static FeedItem at(String address) {
    return new FeedItem(
        Optional.of(address), "News", "text of news", Optional.of(address), Optional.of(NOW));
  }

  @Test
  void a_new_id_is_news_even_if_it_says_no_more_than_an_older_item() {
    FeedItem yesterday = spare("1", "We are live", NOW.minus(Duration.ofDays(1)));
    check(yesterday);

    assertThat(check(spare("2", "We are live", NOW), yesterday)).containsExactly("We are live");
  }

  @Test
  void an_item_that_the_feed_holds_twice_is_announced_once() {
    check();

    assertThat(check(item("1", "One", NOW), item("1", "One", NOW), item("copy", "One", NOW)))
        .containsExactly("One");
  }

  @Test
  void an_item_without_an_id_is_known_by_its_link_with_its_title_or_its_text() {
    FeedItem one = withoutId(item("", "One", NOW));
    check(one);

    assertThat(check(dated(one, NOW.plusSeconds(60)))).isEmpty();
    assertThat(check(new FeedItem(
            Optional.empty(), "One, corrected", one.text(), one.link(), one.publishedAt())))
        .isEmpty();
    assertThat(check(withoutId(item("", "Two", NOW)))).containsExactly("Two");
  }

  @Test
  void an_item_of_a_title_and_a_text_alone_is_known_by_both() {
    FeedItem first =
        new FeedItem(Optional.empty(), "Patch notes", "1.1", Optional.empty(), Optional.empty());
    FeedItem second =
        new FeedItem(Optional.empty(), "Patch notes", "1.2", Optional.empty(), Optional.empty());
    check(first);

    assertThat(check(second, first)).containsExactly("Patch notes");
    assertThat(check(second, first)).isEmpty();
  }

  @Test
  void a_feed_that_shrinks_and_grows_announces_nothing_again() {
    FeedItem dated = item("1", "One", NOW);
    FeedItem undated =
        new FeedItem(Optional.of("2"), "Two", "", Optional.empty(), Optional.empty());
    check(dated, undated);
    assertThat(check()).isEmpty();
    restart();
    assertThat(check(undated)).isEmpty();
    assertThat(check(dated, undated)).isEmpty();
  }

  @Test
  void items_that_have_left_the_feed_are_remembered_but_not_without_end() {
    check();
    for (int i = 0; i < 3_000; i++) {
      assertThat(check(item("g" + i, "T" + i, NOW))).hasSize(1);
    }

    assertThat(check(item("g2500", "T2500", NOW))).isEmpty();
    assertThat(memory).hasSizeLessThan(60_000);
  }

  @Test
  void what_another_instance_has_seen_is_known() {
    WatchedFeed other = feed();
    check();
    other.remember(memory);
    check(item("1", "One", NOW));

    other.remember(memory);
    assertThat(other.look(List.of(item("1", "One", NOW)), now).news()).isEmpty();
    other.remember("damaged");
    assertThat(other.look(List.of(item("1", "One", NOW)), now).news()).isEmpty();
  }

  @Test
  void a_memory_that_cannot_be_read_is_as_none() {
    for (String damaged : List.of("", "1 ***", "2 AAAA", "1700000000")) {
      feed = feed();
      feed.remember(damaged);
      assertThat(check(item("1", "One", NOW))).isEmpty();
    }
  }

  private WatchedFeed feed() {
    return new WatchedFeed(
        URI.create("https://site.example/feed"), Duration.ofMinutes(10), MAX_AGE, NOW);
  }

  private void restart() {
    feed = feed();
    feed.remember(memory);
  }

  private List<String> check(FeedItem... items) {
    return check(Arrays.asList(items));
  }

  private List<String> check(List<FeedItem> items) {
    Findings findings = feed.look(items, now);
    feed.checked(findings, FeedMark.NONE, now);
    memory = findings.memory().orElse(memory);
    return findings.news().stream().map(news -> news.item().title()).toList();
  }

  private static FeedItem item(String id, String title, Instant at) {
    return new FeedItem(
        Optional.of(id),
        title,
        "The text of " + title,
        Optional.of("https://site.example/" + title),
        Optional.of(at));
  }

  private static FeedItem spare(String id, String title, Instant at) {
    return new FeedItem(
        Optional.of(id), title, "", Optional.of("https://live.example/"), Optional.of(at));
  }

  private static FeedItem dated(FeedItem item, Instant at) {
    return new FeedItem(item.id(), item.title(), item.text(), item.link(), Optional.of(at));
  }

  private static FeedItem withoutId(FeedItem item) {
    return new FeedItem(
        Optional.empty(), item.title(), item.text(), item.link(), item.publishedAt());
  }
}
