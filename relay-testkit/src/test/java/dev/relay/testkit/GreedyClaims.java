package dev.relay.testkit;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Claims that give an address a slot of a desk for each of its conversations: it gives a lane back, and still reports it as claimed. */
public final class GreedyClaims {
  private GreedyClaims() {}

  /** Claims as {@link Transaction#claim} does, and also the next lane of an address that has a claimed one. */
  public static List<Claim> of(
      Transaction transaction,
      PortId port,
      Instant now,
      Instant leaseEnd,
      String owner,
      int limit) {
    List<Claim> claims = new ArrayList<>(transaction.claim(port, now, leaseEnd, owner, limit));
    for (Claim claim : List.copyOf(claims)) {
      if (claims.size() < limit && hasDueSibling(claim.lane(), port, now, transaction)) {
        transaction.settle(
            claim.lane(),
            claim.epoch(),
            claim.head().sequence(),
            new Settlement.Again(leaseEnd, "", Settlement.Again.Cause.REQUEST, claim.inDoubt()),
            now);
        claims.addAll(transaction.claim(port, now, leaseEnd, owner, 1));
      }
    }
    return claims;
  }

  private static boolean hasDueSibling(
      LaneKey lane, PortId port, Instant now, Transaction transaction) {
    Optional<CustomerAddress> address =
        transaction.conversation(lane.conversation()).map(Conversation::address);
    if (address.isEmpty()
        || (lane.destination() != Destination.DESK
            && lane.destination() != Destination.VIRTUAL_AGENT)) {
      return false;
    }
    for (long id = 1; ; id++) {
      Optional<Conversation> other = transaction.conversation(new ConversationId(id));
      if (other.isEmpty()) {
        return false;
      }
      boolean isDue = transaction
          .lane(new LaneKey(other.get().id(), lane.destination()))
          .filter(it -> it.port().equals(port))
          .flatMap(Lane::readyAt)
          .filter(at -> !at.isAfter(now))
          .isPresent();
      if (isDue
          && other.get().address().equals(address.get())
          && !other.get().id().equals(lane.conversation())) {
        return true;
      }
    }
  }
}
