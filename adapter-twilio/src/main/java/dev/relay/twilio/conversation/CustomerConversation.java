package dev.relay.twilio.conversation;

import dev.relay.core.customer.CustomerAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A customer who writes by phone or page, in one Twilio conversation with the account's sender. Thread-safe; makes no calls. */
public final class CustomerConversation extends MessageLog {
  /** A lost webhook shows when the next one comes; the last message is searched that often, each time after a longer silence. */
  private static final int LOOKS = 3;

  private static final int TIMES_LONGER = 4;

  private final CustomerAddress address;
  private boolean placed;
  private boolean closed;
  private Optional<String> name = Optional.empty();
  private Instant stirredAt;
  private int looks;

  public CustomerConversation(String sid, CustomerAddress address, Instant now) {
    super(sid);
    this.address = address;
    this.stirredAt = now;
  }

  public CustomerAddress address() {
    return address;
  }

  /** Checks whether the index of the first possibly new message is known. */
  public synchronized boolean isPlaced() {
    return placed;
  }

  /** Sets the index of the first possibly new message. */
  public synchronized void place(long index) {
    placed = true;
    sawAllBelow(index);
  }

  public synchronized boolean isClosed() {
    return closed;
  }

  /** Records that the conversation is closed at Twilio, for ever. */
  public synchronized void close() {
    closed = true;
  }

  /** Remembers the customer's own name, if it is given. */
  public synchronized void called(Optional<String> newName) {
    name = newName.or(() -> name);
  }

  public synchronized Optional<String> name() {
    return name;
  }

  /** Records that somebody wrote. */
  public synchronized void stirred(Instant now) {
    stirredAt = now;
    looks = 0;
  }

  /** Checks whether it is time to look for messages whose webhook was lost; returns true once per time. */
  public synchronized boolean isTimeToLook(Instant now, Duration every) {
    if (!placed || closed || looks >= LOOKS) {
      return false;
    }
    Duration silence = every.multipliedBy((long) Math.pow(TIMES_LONGER, looks));
    if (now.isBefore(stirredAt.plus(silence))) {
      return false;
    }
    looks++;
    return true;
  }
}
