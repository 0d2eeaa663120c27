package dev.relay.discord.feeds;

import java.time.Instant;
import java.util.Optional;

/**
 * One item of a feed.
 *
 * @param id the permanent id that the feed gives it ({@code guid}, Atom's {@code id}), if any
 * @param title one line of plain text, 1 to 200 characters
 * @param text plain text, at most 1,000 characters; may be empty
 * @param link the absolute web address of the full article
 * @param publishedAt the time of publication, if the feed states it
 */
public record FeedItem(
    Optional<String> id,
    String title,
    String text,
    Optional<String> link,
    Optional<Instant> publishedAt) {}
