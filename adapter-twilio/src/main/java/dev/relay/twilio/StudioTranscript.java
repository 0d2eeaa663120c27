package dev.relay.twilio;

import dev.relay.core.delivery.DeliveryId;
import dev.relay.core.delivery.Destination;
import dev.relay.core.delivery.LaneKey;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import java.util.ArrayList;
import java.util.List;

/** What of a transcript an agent does not see yet where a Studio flow has had the conversation. */
final class StudioTranscript {
  private StudioTranscript() {}

  /** The entries without those that were posted while the virtual agent served. */
  static List<TranscriptEntry> missing(Link link, List<TranscriptEntry> transcript) {
    List<TranscriptEntry> missing = new ArrayList<>();
    String turn = "";
    for (TranscriptEntry entry : transcript) {
      boolean isShown = false;
      if (entry.destination() == Destination.VIRTUAL_AGENT) {
        LaneKey lane = new LaneKey(entry.conversation(), Destination.VIRTUAL_AGENT);
        turn = DeliveryId.of(lane, entry.sequence()).value();
        isShown = isPosted(link, turn);
      } else if (isReply(entry)) {
        isShown = isPosted(link, StudioAgent.repliesTo(turn));
      }
      if (!isShown) {
        missing.add(entry);
      }
    }
    return missing;
  }

  private static boolean isReply(TranscriptEntry entry) {
    return entry.content() instanceof EntryContent.Said said
        && said.author().role() == Participant.Role.VIRTUAL_AGENT;
  }

  private static boolean isPosted(Link link, String delivery) {
    return !link.parts(delivery).isEmpty();
  }
}
