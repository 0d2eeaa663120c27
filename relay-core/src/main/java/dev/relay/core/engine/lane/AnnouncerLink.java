package dev.relay.core.engine.lane;

import dev.relay.core.channel.Announcer;
import dev.relay.core.conversation.Event;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.delivery.LookUp;
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
    if (!(head.content() instanceof EntryContent.Announced announced)) {
      return Attempt.nothing();
    }
    Announcer.Announcement announcement = new Announcer.Announcement(
        DeliveryId.of(new LaneKey(head.conversation(), head.destination()), head.sequence()),
        announced.topic(),
        announced.title(),
        announced.text(),
        announced.url());
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

  @Override
  public Optional<Event> insteadOfParking(TranscriptEntry head, String reason) {
    return Optional.empty();
  }
}
