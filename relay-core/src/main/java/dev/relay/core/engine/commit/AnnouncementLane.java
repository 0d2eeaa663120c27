package dev.relay.core.engine.commit;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Side;
import dev.relay.core.message.Topic;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.util.Optional;

/** The lanes of announcements, one per topic. */
public final class AnnouncementLane {
  private static final String CARD = "card-";

  private AnnouncementLane() {}

  /** Returns the id by which the card of a case is found among the announcements. */
  static String cardOf(CaseNumber supportCase) {
    return CARD + supportCase.value();
  }

  /** Returns the case that an announcement shows; empty if it shows none, or was written by a Relay that did not keep which. */
  public static Optional<CaseNumber> caseOn(TranscriptEntry announcement) {
    return announcement
        .sourceId()
        .filter(id -> id.startsWith(CARD))
        .map(id -> new CaseNumber(Long.parseLong(id.substring(CARD.length()))));
  }

  /** Appends the card of a case, which is found again when the case changes. */
  static void appendCard(
      EntryContent.Announced card,
      Optional<CaseNumber> supportCase,
      PortId announcer,
      Transaction transaction,
      Changes changes,
      Instant now) {
    var unused = append(
        card.topic(),
        card,
        supportCase.map(AnnouncementLane::cardOf),
        announcer,
        transaction,
        changes,
        now);
  }

  /** Lets the card of a case follow a change of the case, if it has one. */
  static void follow(
      SupportCase changed,
      PortId announcer,
      Topic topic,
      Transaction transaction,
      Changes changes,
      Instant now) {
    transaction
        .entryBySource(topic.lane().conversation(), Side.CUSTOMER, cardOf(changed.number()))
        .ifPresent(card -> {
          var unused = append(
              topic,
              new EntryContent.CardChanged(changed.number(), card.id()),
              Optional.empty(),
              announcer,
              transaction,
              changes,
              now);
        });
  }

  /** Appends an announcement, which the announcer publishes after the commit, and returns the id of its entry. */
  public static EntryId append(
      EntryContent.Announced announcement,
      PortId announcer,
      Transaction transaction,
      Changes changes,
      Instant now) {
    return append(
        announcement.topic(), announcement, Optional.empty(), announcer, transaction, changes, now);
  }

  private static EntryId append(
      Topic topic,
      EntryContent content,
      Optional<String> sourceId,
      PortId announcer,
      Transaction transaction,
      Changes changes,
      Instant now) {
    LaneKey lane = topic.lane();
    changes.due(announcer);
    return transaction
        .append(
            lane.conversation(), lane.destination(), Optional.of(announcer), content, sourceId, now)
        .id();
  }
}
