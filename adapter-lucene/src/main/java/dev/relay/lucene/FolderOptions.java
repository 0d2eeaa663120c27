package dev.relay.lucene;

import java.time.Duration;
import java.util.Locale;

/**
 * Options for reading and watching a folder of articles. Immutable.
 *
 * @param defaultLanguage the language of articles that do not name one
 * @param settle how long the folder must be quiet after a change before it is read again, up to one minute
 * @param poll how often the folder is checked for changes that the operating system did not report, 10 ms to one day
 * @param listener receives every load after the first
 */
public record FolderOptions(
    Locale defaultLanguage, Duration settle, Duration poll, LoadListener listener) {
  private static final Duration SHORTEST_POLL = Duration.ofMillis(10);

  /**
   * Checks the durations.
   *
   * @throws IllegalArgumentException if a duration is outside its limits
   */
  public FolderOptions {
    if (settle.isNegative() || settle.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("settle is 0 to 1 minute, not " + settle);
    }
    if (poll.compareTo(SHORTEST_POLL) < 0 || poll.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("poll is 10 milliseconds to 1 day, not " + poll);
    }
  }

  /** Returns the defaults: English, read again 300 ms after a change, checked every 30 s, no listener. */
  public static FolderOptions defaults() {
    return new FolderOptions(
        Locale.ENGLISH, Duration.ofMillis(300), Duration.ofSeconds(30), LoadListener.NONE);
  }

  /** Returns a copy with another listener. */
  public FolderOptions withListener(LoadListener newListener) {
    return new FolderOptions(defaultLanguage, settle, poll, newListener);
  }

  /** Returns a copy with another default language. */
  public FolderOptions withDefaultLanguage(Locale language) {
    return new FolderOptions(language, settle, poll, listener);
  }
}
