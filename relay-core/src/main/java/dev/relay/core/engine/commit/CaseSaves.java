package dev.relay.core.engine.commit;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.id.PortId;
import dev.relay.core.message.Topic;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.util.Optional;

/** The one place where cases are saved: the card of a case in a channel of announcements follows its status, priority and assignee. */
public final class CaseSaves {
  private CaseSaves() {}

  /** Saves a case, and lets its card follow if the case looks different now. */
  public static SupportCase save(
      SupportCase next,
      Surroundings surroundings,
      Transaction transaction,
      Changes changes,
      Instant now) {
    Optional<Topic> topic = topicOf(next.kind());
    Optional<PortId> announcer = topic.flatMap(surroundings::announcerOf);
    if (next.version() == 0 || announcer.isEmpty()) {
      return transaction.save(next);
    }
    Optional<SupportCase> before = transaction.supportCase(next.number());
    SupportCase saved = transaction.save(next);
    if (before.filter(it -> looksDifferent(it, saved)).isPresent()) {
      AnnouncementLane.follow(saved, announcer.get(), topic.get(), transaction, changes, now);
    }
    return saved;
  }

  /** Checks whether a card shows something else after a change of its case. */
  static boolean looksDifferent(SupportCase before, SupportCase after) {
    return before.status() != after.status()
        || before.priority() != after.priority()
        || !before.assignee().equals(after.assignee());
  }

  private static Optional<Topic> topicOf(CaseKind kind) {
    return switch (kind) {
      case BUG -> Optional.of(Topic.BUG);
      case FEATURE_REQUEST -> Optional.of(Topic.FEATURE_REQUEST);
      case SUPPORT -> Optional.empty();
    };
  }
}
