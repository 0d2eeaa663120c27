package dev.relay.discord.feeds;

import java.time.Instant;
import java.util.Optional;

/**
 * One piece of news.
 *
 * @param id what the feed calls it, for good
 * @param title one line of plain text, 1 to 200 characters
 * @param text plain text, at most 1,000 characters; may be empty
 * @param link where to read on
 * @param publishedAt when it was published, where the feed says so
 */
record FeedItem(
    String id, String title, String text, Optional<String> link, Optional<Instant> publishedAt) {}
