package dev.relay.core.engine;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.EngineEvent;
import dev.relay.core.engine.commit.EngineCore;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.store.Queries;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The places in the queue that waiting customers read: looks once a minute which of them have moved. Only those who wait longest are looked
 * at; for the others the place changes too often to be of use. Used by one thread.
 */
final class QueuePlaces {
  private static final int FOLLOWED = 50;
  /** The entries among which the last notice of the place is searched. */
  private static final int RECENT = 50;

  /** The notices that report a place. */
  private static final Set<NoticeKind> PLACES = EnumSet.of(
      NoticeKind.QUEUE_POSITION,
      NoticeKind.AGENT_LEFT,
      NoticeKind.TRANSFERRED,
      NoticeKind.VIRTUAL_AGENT_FAILED);

  private final EngineCore core;
  private final Period period = new Period(Duration.ofMinutes(1));

  QueuePlaces(EngineCore core) {
    this.core = core;
  }

  /** Submits an event for each place that has moved since the customer was told, at most once a minute. */
  void check(Instant now) {
    if (!period.isOver(now)) {
      return;
    }
    for (ConversationId id : core.store().read(QueuePlaces::moved)) {
      core.committer()
          .submit(
              (transaction, changes) ->
                  core.applier().apply(new EngineEvent.PlaceMoved(id), transaction, changes),
              done -> {},
              failure -> {});
    }
  }

  private static List<ConversationId> moved(Queries queries) {
    return queries.waiting(Optional.empty(), FOLLOWED).stream()
        .map(Conversation::id)
        .filter(id -> hasMoved(id, queries))
        .toList();
  }

  private static boolean hasMoved(ConversationId id, Queries queries) {
    Optional<String> place = queries.queuePosition(id).map(Object::toString);
    Optional<String> told = queries.latestEntries(id, RECENT).stream()
        .filter(entry -> entry.destination() == Destination.CUSTOMER)
        .filter(entry -> entry.content() instanceof EntryContent.Notified)
        .map(entry -> ((EntryContent.Notified) entry.content()).notice())
        .filter(notice -> PLACES.contains(notice.kind()))
        .reduce((first, second) -> second)
        // The others also say why the customer waits, which a new place must not replace.
        .filter(notice -> notice.kind() == NoticeKind.QUEUE_POSITION)
        .map(notice -> notice.arguments().get("position"));
    return place.isPresent() && told.isPresent() && !told.equals(place);
  }
}
