package dev.relay.core.engine.lane;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.channel.Announcer;
import dev.relay.core.conversation.Event;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.engine.commit.AnnouncementLane;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Queries;
import java.util.Optional;

/** The connection to the announcer. */
public final class AnnouncerLink implements PortLink {
  private final Announcer announcer;
  private final Answers answers;
  private final BackOff backOff;

  public AnnouncerLink(Announcer announcer, Answers answers, BackOff backOff) {
    this.announcer = announcer;
    this.answers = answers;
    this.backOff = backOff;
  }

  @Override
  public PortId port() {
    return announcer.id();
  }

  @Override
  public BackOff backOff(TranscriptEntry head) {
    return backOff;
  }

  @Override
  public Attempt prepare(TranscriptEntry head, int attempt, Queries queries) {
    if (head.content() instanceof EntryContent.CardChanged changed) {
      return update(changed, queries);
    }
    if (!(head.content() instanceof EntryContent.Announced)) {
      return Attempt.nothing();
    }
    Announcer.Announcement announcement =
        announcement(head, AnnouncementLane.caseOn(head).flatMap(queries::supportCase));
    return new Attempt() {
      @Override
      public Outcome make() {
        return Outcome.of(answers.checked(announcer.publish(announcement)));
      }

      @Override
      public LookUp look() {
        return answers.checked(announcer.lookUp(announcement));
      }
    };
  }

  /** Returns the attempt to change a card, as its case is now; nothing if the card was never shown. */
  private Attempt update(EntryContent.CardChanged changed, Queries queries) {
    Optional<TranscriptEntry> card = queries.entry(changed.card());
    Optional<SupportCase> shown = queries.supportCase(changed.supportCase());
    Optional<String> externalId = card.flatMap(TranscriptEntry::externalId);
    if (card.isEmpty() || shown.isEmpty() || externalId.isEmpty()) {
      return Attempt.nothing();
    }
    Announcer.Announcement announcement = announcement(card.get(), shown);
    return new Attempt() {
      @Override
      public Outcome make() {
        return Outcome.of(answers.checked(announcer.update(announcement, externalId.get())));
      }

      // A change is harmless when repeated.
      @Override
      public LookUp look() {
        return new LookUp.NotFound();
      }
    };
  }

  private static Announcer.Announcement announcement(
      TranscriptEntry entry, Optional<SupportCase> shown) {
    EntryContent.Announced announced = (EntryContent.Announced) entry.content();
    return new Announcer.Announcement(
        DeliveryId.of(new LaneKey(entry.conversation(), entry.destination()), entry.sequence()),
        announced.topic(),
        announced.title(),
        announced.text(),
        announced.url(),
        shown);
  }

  @Override
  public Optional<Event> insteadOfParking(TranscriptEntry head, String reason) {
    return Optional.empty();
  }
}
