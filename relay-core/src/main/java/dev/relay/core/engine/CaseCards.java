package dev.relay.core.engine;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.channel.Announcer;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Topic;
import dev.relay.core.store.Transaction;
import dev.relay.core.text.Cut;
import java.time.Instant;
import java.util.Optional;

/** Shows the community which bugs were reported and which features are wished, where the announcer has a place for them. */
final class CaseCards {
  private final Optional<Announcer> announcer;

  CaseCards(Optional<Announcer> announcer) {
    this.announcer = announcer;
  }

  /** Within the transaction that opens the case, so that neither is there without the other. */
  void show(
      SupportCase filed,
      Participant author,
      Transaction transaction,
      Changes changes,
      Instant now) {
    Optional<Topic> topic = topicOf(filed.kind());
    if (announcer.isEmpty() || topic.isEmpty() || !announcer.get().topics().contains(topic.get())) {
      return;
    }
    EntryContent.Announced card = new EntryContent.Announced(
        author,
        topic.get(),
        Cut.withEllipsis(filed.number() + " " + filed.subject(), AnnouncementLane.MAX_TITLE),
        Cut.withEllipsis(filed.description(), AnnouncementLane.MAX_TEXT),
        Optional.empty());
    var unused = AnnouncementLane.append(card, announcer.get().id(), transaction, changes, now);
  }

  private static Optional<Topic> topicOf(CaseKind kind) {
    return switch (kind) {
      case BUG -> Optional.of(Topic.BUG);
      case FEATURE_REQUEST -> Optional.of(Topic.FEATURE_REQUEST);
      case SUPPORT -> Optional.empty();
    };
  }
}
