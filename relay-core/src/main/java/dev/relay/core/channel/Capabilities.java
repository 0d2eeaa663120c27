package dev.relay.core.channel;

/**
 * The abilities of a channel; the core chooses a fallback for those it lacks. Immutable. Built by name:
 * {@code Capabilities.text(2_000).withEdits().withButtons()}.
 *
 * @param edits whether a delivered message can be changed
 * @param deletes whether a delivered message can be deleted
 * @param attachments whether files can be sent
 * @param buttons whether buttons can be shown; for a channel that cannot, a line below the text names the word to write instead
 * @param maxTextLength the longest text of one message, in UTF-16 units; the channel itself splits longer texts
 */
public record Capabilities(
    boolean edits, boolean deletes, boolean attachments, boolean buttons, int maxTextLength) {

  /**
   * Returns the abilities of a channel that shows only text.
   *
   * @param maxTextLength the longest text of one message, in UTF-16 units
   */
  public static Capabilities text(int maxTextLength) {
    return new Capabilities(false, false, false, false, maxTextLength);
  }

  /**
   * Returns the abilities of a channel that can do everything.
   *
   * @param maxTextLength the longest text of one message, in UTF-16 units
   */
  public static Capabilities all(int maxTextLength) {
    return text(maxTextLength).withEdits().withDeletes().withAttachments().withButtons();
  }

  /** Returns these abilities and that of changing delivered messages. */
  public Capabilities withEdits() {
    return new Capabilities(true, deletes, attachments, buttons, maxTextLength);
  }

  /** Returns these abilities and that of deleting delivered messages. */
  public Capabilities withDeletes() {
    return new Capabilities(edits, true, attachments, buttons, maxTextLength);
  }

  /** Returns these abilities and that of sending files. */
  public Capabilities withAttachments() {
    return new Capabilities(edits, deletes, true, buttons, maxTextLength);
  }

  /** Returns these abilities and that of showing buttons. */
  public Capabilities withButtons() {
    return new Capabilities(edits, deletes, attachments, true, maxTextLength);
  }
}
