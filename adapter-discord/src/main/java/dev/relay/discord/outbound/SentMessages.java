package dev.relay.discord.outbound;

import dev.relay.core.id.DeliveryId;
import dev.relay.discord.customer.LruCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cache of the messages sent for each delivery. A long text consists of several messages, and sent ones must not be sent again. Evicted
 * entries are looked up in the history of the channel. Thread-safe.
 */
final class SentMessages {
  private static final int LIMIT = 20_000;

  private final LruCache<DeliveryId, Sent> begun = new LruCache<>(LIMIT);
  private final LruCache<Long, DeliveryId> owners = new LruCache<>(LIMIT);

  /** The messages of one delivery in one channel, in order. */
  record Sent(long channel, List<Long> messages) {
    Sent {
      messages = List.copyOf(messages);
    }

    Sent and(long message) {
      List<Long> more = new ArrayList<>(messages);
      more.add(message);
      return new Sent(channel, more);
    }
  }

  /** Returns the messages sent for a delivery, if cached. */
  Optional<Sent> of(DeliveryId delivery) {
    return begun.get(delivery);
  }

  /** Records the messages sent for a delivery so far. */
  void put(DeliveryId delivery, Sent sent) {
    begun.put(delivery, sent);
    sent.messages().forEach(message -> owners.put(message, delivery));
  }

  /** Checks whether a message is known to be sent for any delivery. */
  boolean isKnown(long message) {
    return owners.get(message).isPresent();
  }

  /** Checks whether a message is known to belong to another delivery, so that one of the same text is not counted twice. */
  boolean isOfAnother(DeliveryId delivery, long message) {
    return owners.get(message).filter(owner -> !owner.equals(delivery)).isPresent();
  }
}
