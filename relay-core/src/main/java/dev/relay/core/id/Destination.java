package dev.relay.core.id;

/** The receiver of a transcript entry. Each destination of a conversation has a lane of its own. */
public enum Destination {
  /** Nobody: the entry is kept in the transcript and not delivered. */
  RECORD(0),
  /** The customer, through the channel they write in. */
  CUSTOMER(1),
  /** The agent desk that has the conversation. */
  DESK(2),
  /** The virtual agent, which answers it. */
  VIRTUAL_AGENT(3),
  /** The place of news; such entries belong to no conversation. */
  ANNOUNCEMENT(4),
  /** The place of reported bugs; such entries belong to no conversation. */
  BUG_ANNOUNCEMENT(5),
  /** The place of requested features; such entries belong to no conversation. */
  FEATURE_ANNOUNCEMENT(6);

  private final int code;

  Destination(int code) {
    this.code = code;
  }

  /** Checks whether entries with this destination are announcements, which belong to no conversation. */
  public boolean isAnnouncement() {
    return this == ANNOUNCEMENT || this == BUG_ANNOUNCEMENT || this == FEATURE_ANNOUNCEMENT;
  }

  /** Returns the number under which stores keep the destination; it never changes. */
  public int code() {
    return code;
  }

  /**
   * Returns the destination with that number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Destination ofCode(int code) {
    for (Destination destination : values()) {
      if (destination.code == code) {
        return destination;
      }
    }
    throw new IllegalArgumentException("no destination has the code " + code);
  }
}
