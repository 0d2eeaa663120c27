package dev.relay.core.channel;

/**
 * The abilities of a channel; for those it lacks the core chooses a fallback. Made by name:
 * {@code Capabilities.text(2_000).withEdits().withButtons()}.
 *
 * @param edits whether a delivered message can be changed
 * @param deletes whether a delivered message can be taken back
 * @param attachments whether files can be sent
 * @param buttons whether buttons can be shown
 * @param maxTextLength the longest text of one message, in UTF-16 units; the channel itself splits longer texts
 */
public record Capabilities(
    boolean edits, boolean deletes, boolean attachments, boolean buttons, int maxTextLength) {

  /** Returns the abilities of a channel that shows text of that length and nothing else. */
  public static Capabilities text(int maxTextLength) {
    return new Capabilities(false, false, false, false, maxTextLength);
  }

  /** Returns the abilities of a channel that can do everything. */
  public static Capabilities all(int maxTextLength) {
    return text(maxTextLength).withEdits().withDeletes().withAttachments().withButtons();
  }

  /** Returns the same, able to change delivered messages. */
  public Capabilities withEdits() {
    return new Capabilities(true, deletes, attachments, buttons, maxTextLength);
  }

  /** Returns the same, able to take delivered messages back. */
  public Capabilities withDeletes() {
    return new Capabilities(edits, true, attachments, buttons, maxTextLength);
  }

  /** Returns the same, able to send files. */
  public Capabilities withAttachments() {
    return new Capabilities(edits, deletes, true, buttons, maxTextLength);
  }

  /** Returns the same, able to show buttons. */
  public Capabilities withButtons() {
    return new Capabilities(edits, deletes, attachments, true, maxTextLength);
  }
}
