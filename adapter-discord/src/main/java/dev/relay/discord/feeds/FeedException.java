package dev.relay.discord.feeds;

/** Thrown when the content at a feed's address is not a feed that can be read. */
final class FeedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Takes the reason.
   *
   * @param reason the end of a sentence that begins with the feed: "is a web page …"
   */
  FeedException(String reason) {
    super(reason);
  }

  /** Returns the reason, for operators. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
