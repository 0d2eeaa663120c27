package dev.relay.lucene;

import java.time.Duration;
import java.util.Locale;

/**
 * How a folder of articles is read and watched. Immutable.
 *
 * @param defaultLanguage the language of articles that do not say theirs
 * @param settle how long the folder must be quiet after a change before it is read again, up to one minute
 * @param poll how often the folder is looked through for changes that the operating system did not report, 10 ms to one
 *     day
 * @param listener told of every load after the first
 */
public record FolderOptions(
    Locale defaultLanguage, Duration settle, Duration poll, LoadListener listener) {
  private static final Duration SHORTEST_POLL = Duration.ofMillis(10);

  /** Refuses durations outside the limits by an {@link IllegalArgumentException}. */
  public FolderOptions {
    if (settle.isNegative() || settle.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("settle is 0 to 1 minute, not " + settle);
    }
    if (poll.compareTo(SHORTEST_POLL) < 0 || poll.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("poll is 10 milliseconds to 1 day, not " + poll);
    }
  }

  /** English by default, read again 300 ms after a change, looked through every 30 s, nobody told. */
  public static FolderOptions defaults() {
    return new FolderOptions(
        Locale.ENGLISH, Duration.ofMillis(300), Duration.ofSeconds(30), LoadListener.NOBODY);
  }

  /** The same with another listener. */
  public FolderOptions tell(LoadListener newListener) {
    return new FolderOptions(defaultLanguage, settle, poll, newListener);
  }

  /** The same with another default language. */
  public FolderOptions withDefaultLanguage(Locale language) {
    return new FolderOptions(language, settle, poll, listener);
  }
}
