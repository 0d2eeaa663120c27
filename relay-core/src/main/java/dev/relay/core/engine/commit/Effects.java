package dev.relay.core.engine.commit;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Decision;
import dev.relay.core.conversation.Decision.Effect;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The effects of one decision, carried out within its transaction. Used by one thread, for one decision. */
final class Effects {
  private final RelayObserver observer;
  private final Surroundings surroundings;
  private final Transaction transaction;
  private final Changes changes;
  private final Instant now;
  private final Map<CaseNumber, SupportCase> cases = new LinkedHashMap<>();
  private final List<CaseHistoryEntry> history = new ArrayList<>();
  private final List<SupportCase> moved = new ArrayList<>();
  private Optional<EntryId> firstEntry = Optional.empty();

  Effects(
      RelayObserver observer,
      Surroundings surroundings,
      Transaction transaction,
      Changes changes,
      Instant now) {
    this.observer = observer;
    this.surroundings = surroundings;
    this.transaction = transaction;
    this.changes = changes;
    this.now = now;
  }

  /** Carries out all effects in their order. Each case is saved once, after all other effects, however often it changed. */
  Receipt carryOut(Decision.Applied decision) {
    ConversationId id = decision.next().id();
    decision.effects().forEach(effect -> carryOut(effect, decision.next()));
    cases.values().forEach(changed -> {
      boolean isMoved = transaction
          .supportCase(changed.number())
          .filter(before -> changed.movesWaitsOf(before))
          .isPresent();
      SupportCase saved = CaseSaves.save(changed, surroundings, transaction, changes, now);
      if (isMoved) {
        moved.add(saved);
      }
    });
    if (!history.isEmpty()) {
      transaction.addHistory(history);
    }
    Optional<CaseNumber> opened = cases.values().stream()
        .filter(it -> it.version() == 0)
        .map(SupportCase::number)
        .findFirst();
    return new Receipt(id, firstEntry, opened.or(() -> decision.next().supportCase()));
  }

  /** Returns the cases whose other conversations must follow. */
  List<SupportCase> moved() {
    return moved;
  }

  /** Reports a new score: only that is answered by thanks. */
  private void observeRating(EntryContent content, Conversation conversation) {
    if (content instanceof EntryContent.Notified notified
        && notified.notice().kind() == NoticeKind.THANKS_FOR_RATING) {
      int score = Integer.parseInt(String.valueOf(notified.notice().arguments().get("score")));
      changes.afterCommit(() -> observer.rated(conversation.address().channel(), score));
    }
  }

  private void carryOut(Effect effect, Conversation conversation) {
    ConversationId id = conversation.id();
    if (effect instanceof Effect.Append append) {
      TranscriptEntry entry = transaction.append(
          id, append.destination(), append.port(), append.content(), append.sourceId(), now);
      append.port().ifPresent(changes::due);
      firstEntry = firstEntry.or(() -> Optional.of(entry.id()));
      observeRating(append.content(), conversation);
      if (append.content() instanceof EntryContent.Whispered whispered) {
        Mentions.record(
            whispered.author(),
            whispered.text(),
            Optional.of(id),
            conversation.supportCase(),
            transaction,
            now);
      }
    } else if (effect instanceof Effect.SaveCase save) {
      cases.put(save.supportCase().number(), save.supportCase());
      history.addAll(save.history());
    } else if (effect instanceof Effect.SaveScheduled save) {
      var unused = transaction.save(save.scheduled());
    } else if (effect instanceof Effect.SavePresence save) {
      transaction.save(save.presence());
    } else if (effect instanceof Effect.Drop drop) {
      transaction.drop(new LaneKey(id, drop.destination()));
    } else if (effect instanceof Effect.Announce announce) {
      AnnouncementLane.appendCard(
          announce.content(),
          announce.supportCase(),
          announce.announcer(),
          transaction,
          changes,
          now);
    } else if (effect instanceof Effect.AddNote added) {
      CaseNote note = transaction.addNote(added.number(), added.author(), now, added.text());
      history.add(note.asHistory());
      Mentions.record(
          added.author(),
          added.text(),
          Optional.empty(),
          Optional.of(added.number()),
          transaction,
          now);
    } else if (effect instanceof Effect.HandoffMoved moved) {
      changes.afterCommit(
          () -> observer.handoffMoved(id, moved.from(), moved.to(), moved.reason()));
    }
  }
}
