package dev.relay.testkit.simulation;

import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settled;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.Store;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** A store in which the engine cannot read a few of the entries for customers, for ever. The same entries in every run of a seed. */
@SuppressWarnings({"EffectivelyPrivate", "UnusedMethod"})
final class Damage {
  /** One entry of this many. */
  private static final int RARITY = 61;

  private final Transaction target;

  private Damage(Transaction target) {
    this.target = target;
  }

  /** A world with such a store. */
  static final Variation WORLD = new Variation() {
    @Override
    public Store store(Store store) {
      return Damage.in(store);
    }
  };

  static Store in(Store store) {
    return new OtherStore(store) {
      @Override
      public <T> T write(Function<Transaction, T> work) {
        return super.write(transaction -> work.apply(of(transaction)));
      }
    };
  }

  private static Transaction of(Transaction target) {
    return Overlay.of(Transaction.class, target, new Damage(target));
  }

  public List<Claim> claim(PortId port, Instant now, Instant leaseEnd, String owner, int limit) {
    return target.claim(port, now, leaseEnd, owner, limit).stream()
        .map(it -> new Claim(it.lane(), it.epoch(), read(it.head()), it.attempts(), it.inDoubt()))
        .toList();
  }

  public Settled settle(
      LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now) {
    Settled settled = target.settle(lane, epoch, sequence, settlement, now);
    return settled instanceof Settled.Next next ? new Settled.Next(read(next.head())) : settled;
  }

  private static TranscriptEntry read(TranscriptEntry entry) {
    boolean isDamaged =
        entry.destination() == Destination.CUSTOMER && entry.id().value() % RARITY == RARITY - 1;
    return isDamaged
        ? new TranscriptEntry(
            entry.id(),
            entry.conversation(),
            entry.destination(),
            entry.sequence(),
            entry.at(),
            new EntryContent.Unreadable("damaged"),
            entry.sourceId(),
            entry.externalId())
        : entry;
  }
}
