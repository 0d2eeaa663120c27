package dev.relay.twilio.conversation;

import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.wire.LruCache;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * A cache of the messages in one Twilio conversation: the messages that Relay posted, and the index up to which all are known. The cache
 * saves calls, and all of it can be read from Twilio again. Thread-safe; makes no calls.
 */
public abstract sealed class MessageLog permits ConversationLink, CustomerConversation {
  /** The index of a message in another conversation. */
  public static final long ELSEWHERE = -1;

  /** The number of deliveries that are remembered; older ones are looked up at Twilio. */
  public static final int REMEMBERED = 200;

  private final String sid;
  private final Map<String, Map<Integer, String>> partsByDelivery = LruCache.of(REMEMBERED);
  private final Map<String, Instant> inDoubtSince = LruCache.of(REMEMBERED);
  private final TreeSet<Long> ahead = new TreeSet<>();
  private long nextIndex;

  MessageLog(String sid) {
    this.sid = sid;
  }

  /** Returns Twilio's id of the conversation, {@code CH…}. */
  public final String sid() {
    return sid;
  }

  // Posted messages

  public final synchronized void posted(String delivery, int part, TwilioCalls.Posted message) {
    partsByDelivery.computeIfAbsent(delivery, unused -> new HashMap<>()).put(part, message.sid());
    saw(message.index());
  }

  /** Returns the ids of the parts of a delivery that are known to be posted, by their number from 1. */
  public final synchronized Map<Integer, String> parts(String delivery) {
    return Map.copyOf(partsByDelivery.getOrDefault(delivery, Map.of()));
  }

  public final synchronized void inDoubt(String delivery, Instant now) {
    inDoubtSince.put(delivery, now);
  }

  public final synchronized boolean wasInDoubt(String delivery) {
    return inDoubtSince.containsKey(delivery);
  }

  /** Checks whether Twilio may still act on an attempt whose answer never came. */
  public final synchronized boolean isInDoubt(String delivery, Instant now, Duration doubtLasts) {
    Instant since = inDoubtSince.get(delivery);
    return since != null && now.isBefore(since.plus(doubtLasts));
  }

  // Seen messages

  /** Remembers that the message with that index is known; returns whether it was new. */
  public final synchronized boolean saw(long index) {
    if (index < nextIndex || !ahead.add(index)) {
      return false;
    }
    while (!ahead.isEmpty() && ahead.first() == nextIndex) {
      ahead.remove(nextIndex);
      nextIndex++;
    }
    return true;
  }

  /** Checks whether the message with that index is known. */
  public synchronized boolean isSeen(long index) {
    return index < nextIndex || ahead.contains(index);
  }

  /** Returns the lowest index whose message was not seen. */
  public final synchronized long firstUnseen() {
    return nextIndex;
  }

  /** Marks all messages below that index as seen. */
  public final synchronized void sawAllBelow(long index) {
    nextIndex = Math.max(nextIndex, index);
    ahead.headSet(nextIndex).clear();
    while (!ahead.isEmpty() && ahead.first() == nextIndex) {
      ahead.remove(nextIndex);
      nextIndex++;
    }
  }
}
