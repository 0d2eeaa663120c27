package dev.relay.http.view;

import dev.relay.core.id.Destination;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The delivery states of the entries of one conversation, read from its lanes. */
public final class DeliveryStates {
  private final Map<Destination, Lane> lanes = new EnumMap<>(Destination.class);

  public DeliveryStates(List<Lane> lanesOfConversation) {
    lanesOfConversation.forEach(lane -> lanes.put(lane.key().destination(), lane));
  }

  /** Returns {@code none} if the entry is not delivered anywhere; otherwise {@code sent}, {@code delivered} or {@code failed}. */
  public String of(TranscriptEntry entry) {
    Lane lane = lanes.get(entry.destination());
    if (entry.sequence() == 0 || lane == null) {
      return "none";
    }
    if (entry.sequence() <= lane.doneSequence()) {
      return "delivered";
    }
    boolean isParkedHead =
        lane.parkedAt().isPresent() && entry.sequence() == lane.doneSequence() + 1;
    return isParkedHead ? "failed" : "sent";
  }
}
