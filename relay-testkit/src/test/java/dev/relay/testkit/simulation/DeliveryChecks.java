package dev.relay.testkit.simulation;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Final checks of the deliveries that people saw against the lanes. */
final class DeliveryChecks {
  private final World world;
  private final Kept kept;
  private final Verdict verdict;
  private final Map<DeliveryId, TranscriptEntry> entries = new HashMap<>();

  DeliveryChecks(World world, Kept kept) {
    this.world = world;
    this.kept = kept;
    this.verdict = world.verdict();
  }

  void run() {
    for (TranscriptEntry entry : kept.allEntries()) {
      if (entry.destination() != Destination.RECORD) {
        entries.put(DeliveryId.of(laneOf(entry), entry.sequence()), entry);
      }
    }
    entries.forEach(this::checkSeen);
    kept.lanes.values().forEach(this::checkSequences);
    checkOrder(world.customersSide());
    checkOrder(world.desksSide());
    checkOrder(world.newsSide());
    checkOrderOfCustomers();
  }

  private void checkSeen(DeliveryId id, TranscriptEntry entry) {
    Lane lane = kept.lanes.get(laneOf(entry));
    if (lane == null) {
      verdict.fail(Check.LANES_ARE_CONSISTENT, "entry " + entry.id() + " has no lane");
      return;
    }
    if (entry.destination() == Destination.VIRTUAL_AGENT
        || !mustBeSeen(entry.content(), id)
        || lane.doneSequence() < entry.sequence()
        || isLeftOut(entry)
        || kept.isDeleted(entry)) {
      return;
    }
    verdict.check(
        sideOf(entry).hasSeen(id),
        Check.NOTHING_DELIVERED_IS_LOST,
        id + " is done and was never seen: " + entry.content());
  }

  /** Checks whether the entry must be seen. Edits, deletions, withdrawals and abandoned handoffs may have no effect. */
  private boolean mustBeSeen(EntryContent content, DeliveryId id) {
    return content instanceof EntryContent.Said
        || content instanceof EntryContent.Notified
        || content instanceof EntryContent.Announced
        || content instanceof EntryContent.ConversationEnded
        || (content instanceof EntryContent.HandoffRequested
            && world.desksSide().saidDelivered(id));
  }

  private boolean isLeftOut(TranscriptEntry entry) {
    LaneKey lane = laneOf(entry);
    return world.commits().leftOut().stream()
        .anyMatch(it -> it.lane().equals(lane)
            && it.first() <= entry.sequence()
            && entry.sequence() <= it.last());
  }

  private void checkSequences(Lane lane) {
    List<Long> places = kept.transcripts.getOrDefault(lane.key().conversation(), List.of()).stream()
        .filter(entry -> entry.destination() == lane.key().destination())
        .map(TranscriptEntry::sequence)
        .toList();
    boolean whole = places.size() == lane.lastSequence();
    for (int place = 0; place < places.size(); place++) {
      whole &= places.get(place) == place + 1;
    }
    verdict.check(
        whole, Check.LANES_ARE_CONSISTENT, "lane " + lane.key() + " has the places " + places);
  }

  private void checkOrder(FarSide side) {
    Map<LaneKey, Long> last = new HashMap<>();
    for (DeliveryId id : side.order()) {
      TranscriptEntry entry = entries.get(id);
      if (entry == null) {
        verdict.fail(Check.LANES_ARE_CONSISTENT, id + " was seen and is in no transcript");
        return;
      }
      if (world.scenario().instances() > 1 && isLeftOut(entry)) {
        // Another engine may have dropped the entry during its call, and the call cannot be undone.
        continue;
      }
      Long before = last.put(laneOf(entry), entry.sequence());
      verdict.check(
          before == null || before < entry.sequence(),
          Check.FAR_SIDE_SEES_THE_ORDER,
          id + " was seen after place " + before + " of its lane");
    }
  }

  /**
   * Checks that whatever an older conversation had to say before the next one of its customer began is seen first, unless its lane
   * was parked, which holds nobody up.
   */
  private void checkOrderOfCustomers() {
    Map<CustomerId, ConversationId> newest = new HashMap<>();
    for (DeliveryId id : world.customersSide().order()) {
      TranscriptEntry entry = entries.get(id);
      if (entry == null) {
        continue;
      }
      ConversationId own = entry.conversation();
      ConversationId before =
          newest.merge(kept.customerOf(own), own, (a, b) -> a.value() > b.value() ? a : b);
      verdict.check(
          before.equals(own)
              || world.commits().everParked().contains(laneOf(entry))
              || entry.id().value() > kept.firstEntryOf(before).value(),
          Check.CUSTOMER_SEES_THE_ORDER,
          id + " was seen after an entry of conversation " + before);
    }
  }

  private FarSide sideOf(TranscriptEntry entry) {
    return switch (entry.destination()) {
      case CUSTOMER -> world.customersSide();
      case DESK -> world.desksSide();
      default -> world.newsSide();
    };
  }

  private static LaneKey laneOf(TranscriptEntry entry) {
    return new LaneKey(entry.conversation(), entry.destination());
  }
}
