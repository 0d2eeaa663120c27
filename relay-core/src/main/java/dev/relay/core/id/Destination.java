package dev.relay.core.id;

/** To whom an entry of the transcript goes. Each destination of a conversation has a lane of its own. */
public enum Destination {
  /** To nobody: the entry is kept in the transcript and delivered nowhere. */
  RECORD(0),
  /** To the customer, through the channel they write in. */
  CUSTOMER(1),
  /** To the agent desk that has the conversation. */
  DESK(2),
  /** To the virtual agent, which answers it. */
  VIRTUAL_AGENT(3),
  /** To an announcement channel; such entries belong to no conversation. */
  ANNOUNCEMENT(4);

  private final int code;

  Destination(int code) {
    this.code = code;
  }

  /** The number under which stores keep it; never changes. */
  public int code() {
    return code;
  }

  /** The destination with that number; throws an {@link IllegalArgumentException} where there is none. */
  public static Destination ofCode(int code) {
    for (Destination destination : values()) {
      if (destination.code == code) {
        return destination;
      }
    }
    throw new IllegalArgumentException("no destination has the code " + code);
  }
}
