package dev.relay.core.engine.commit;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.cases.SupportCase.CaseDecision;
import dev.relay.core.id.PortId;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Topic;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.util.Optional;

/**
 * The one place where cases are saved: the card of a case in a channel of announcements follows its status, priority and assignee, and a
 * case that needs work is not given to somebody who no longer works here, by whatever way.
 */
public final class CaseSaves {
  private CaseSaves() {}

  /** Saves a case, and lets its card follow if the case looks different now. */
  public static SupportCase save(
      SupportCase changed,
      Surroundings surroundings,
      Transaction transaction,
      Changes changes,
      Instant now) {
    SupportCase next = withoutGone(changed, surroundings, transaction, now);
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

  /**
   * Returns a case without its assignee if it needs work and came to that agent, or back to them, after they had left: nobody would look at
   * it.
   */
  private static SupportCase withoutGone(
      SupportCase next, Surroundings surroundings, Transaction transaction, Instant now) {
    boolean comesTo = next.assignee().isPresent()
        && next.status().isUnsolved()
        && transaction
            .supportCase(next.number())
            .filter(
                before -> before.status().isUnsolved() && before.assignee().equals(next.assignee()))
            .isEmpty();
    return comesTo && transaction.team().hasLeft(next.assignee().get().id())
        ? unassigned(next, surroundings, transaction, now)
        : next;
  }

  /** Returns a case that nobody is assigned to, and records that in its history. The case is not saved. */
  public static SupportCase unassigned(
      SupportCase assigned, Surroundings surroundings, Transaction transaction, Instant now) {
    CaseDecision decision = assigned.change(
        CaseChange.none().withAssignee(Optional.empty()),
        Participant.RELAY,
        surroundings.settings().cases(),
        now);
    if (decision instanceof CaseDecision.Changed freed) {
      transaction.addHistory(freed.history());
      return freed.next();
    }
    return assigned;
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
