package dev.relay.http.view;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Queries;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The delivery states of the entries of one conversation, read from its lanes. */
public final class DeliveryStates {
  /** A conversation in which more entries failed shows the others as delivered. */
  private static final int MAX_LEFT_OUT = 1_000;

  private final Map<Destination, Lane> lanes = new EnumMap<>(Destination.class);
  private final Map<LeftOutPlace, String> leftOut = new HashMap<>();

  private record LeftOutPlace(LaneKey lane, long sequence) {}

  private DeliveryStates(List<Lane> lanesOfConversation) {
    lanesOfConversation.forEach(lane -> lanes.put(lane.key().destination(), lane));
  }

  /** Reads the states of a conversation's entries. */
  public static DeliveryStates of(Queries queries, ConversationId conversation) {
    DeliveryStates states = new DeliveryStates(queries.lanes(conversation));
    queries
        .leftOut(conversation, MAX_LEFT_OUT)
        .forEach(entry ->
            states.leftOut.put(new LeftOutPlace(entry.lane(), entry.sequence()), reason(entry)));
    return states;
  }

  /**
   * Returns {@code none} if the entry is not delivered anywhere; otherwise {@code sent}, {@code delivered}, {@code failed} or, behind
   * a failed entry that waits for an operator, {@code held}.
   */
  public String of(TranscriptEntry entry) {
    return of(entry.destination(), entry.sequence());
  }

  /** Returns the same of the entry with that place in the lane to that destination. */
  public String of(Destination destination, long sequence) {
    Lane lane = lanes.get(destination);
    if (sequence == 0 || lane == null) {
      return "none";
    }
    return switch (lane.statusOf(sequence)) {
      case DELIVERED ->
        leftOut.containsKey(new LeftOutPlace(lane.key(), sequence)) ? "failed" : "delivered";
      case WAITING -> "sent";
      case PARKED -> "failed";
      case HELD -> "held";
    };
  }

  /** Returns why a failed entry failed, for agents; empty for all others. */
  public Optional<String> failure(TranscriptEntry entry) {
    Lane lane = lanes.get(entry.destination());
    if (entry.sequence() == 0 || lane == null) {
      return Optional.empty();
    }
    return lane.statusOf(entry.sequence()) == Lane.EntryStatus.PARKED
        ? lane.lastError()
        : Optional.ofNullable(leftOut.get(place(lane, entry)));
  }

  private static LeftOutPlace place(Lane lane, TranscriptEntry entry) {
    return new LeftOutPlace(lane.key(), entry.sequence());
  }

  private static String reason(Lane.LeftOut entry) {
    return entry.outcome() == Lane.DeliveryFailure.Outcome.SKIPPED
        ? new DeliveryResult.Reason(
                DeliveryResult.Reason.Code.SKIPPED, Map.of("name", entry.reason()))
            .words()
        : entry.reason();
  }
}
