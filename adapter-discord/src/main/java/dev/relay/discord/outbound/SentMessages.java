package dev.relay.discord.outbound;

import dev.relay.core.id.DeliveryId;
import dev.relay.discord.player.Recent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which messages a delivery has become so far. A long text is several messages; what was sent of it is not sent again. Bounded;
 * what is forgotten is looked up in the channel's history. Thread-safe.
 */
final class SentMessages {
  private static final int LIMIT = 20_000;

  private final Recent<DeliveryId, Sent> begun = new Recent<>(LIMIT);
  private final Recent<Long, DeliveryId> owners = new Recent<>(LIMIT);

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

  /** What has been sent of a delivery, as far as remembered. */
  Optional<Sent> of(DeliveryId delivery) {
    return begun.get(delivery);
  }

  /** That much has been sent of a delivery. */
  void put(DeliveryId delivery, Sent sent) {
    begun.put(delivery, sent);
    sent.messages().forEach(message -> owners.put(message, delivery));
  }

  /** Whether a message was sent for any delivery, as far as remembered. */
  boolean isKnown(long message) {
    return owners.get(message).isPresent();
  }

  /** Whether a message is known to belong to another delivery: one of the same words does not count twice. */
  boolean isOfAnother(DeliveryId delivery, long message) {
    return owners.get(message).filter(owner -> !owner.equals(delivery)).isPresent();
  }
}
