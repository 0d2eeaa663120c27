package dev.relay.core.engine;

import dev.relay.core.engine.commit.AnnouncementLane;
import dev.relay.core.engine.commit.Changes;
import dev.relay.core.engine.commit.Committer;
import dev.relay.core.engine.lane.LaneRunner;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.Announced.Planned;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Topic;
import dev.relay.core.operations.Announcements;
import dev.relay.core.operations.DeadLetters;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operators' services: retry and skip dead letters, publish announcements. Thread-safe. */
final class Operations implements DeadLetters, Announcements {
  /** The number of parked lanes that one transaction moves, so that a bulk operation does not hold up the committer. */
  private static final int BATCH = 200;
  /** The number of planned announcements that are listed, and among which a repeat is recognized. */
  private static final int MOST_PLANNED = 100;
  /** Beyond every planned time, also if the clock was ahead when it was planned. */
  private static final Duration LATEST = Planned.MAX_AHEAD.multipliedBy(2);

  private final Committer committer;
  private final InstantSource clock;
  private final Optional<PortId> announcer;
  private final Store store;
  private final Map<PortId, LaneRunner> runners;

  /**
   * Creates the services.
   *
   * @param announcer publishes announcements of staff
   * @param store holds the lane of announcements
   * @param runners the runners of all ports, which are added once they exist
   */
  Operations(
      Committer committer,
      InstantSource clock,
      Optional<PortId> announcer,
      Store store,
      Map<PortId, LaneRunner> runners) {
    this.committer = committer;
    this.clock = clock;
    this.announcer = announcer;
    this.store = store;
    this.runners = runners;
  }

  @Override
  public CompletableFuture<Boolean> retry(LaneKey lane, Participant actor) {
    return committer.submit((transaction, changes) ->
        recorded(lane, transaction.retry(lane, actor, clock.instant()), transaction, changes));
  }

  @Override
  public CompletableFuture<Boolean> skip(LaneKey lane, Participant actor) {
    return committer.submit((transaction, changes) ->
        recorded(lane, transaction.skip(lane, actor, clock.instant()), transaction, changes));
  }

  @Override
  public CompletableFuture<Integer> retryAll(PortId port, String reason, Participant actor) {
    return all(
        port,
        reason,
        (lane, transaction) -> transaction.retry(lane, actor, clock.instant()),
        new Batch(Optional.empty(), 0));
  }

  @Override
  public CompletableFuture<Integer> skipAll(PortId port, String reason, Participant actor) {
    return all(
        port,
        reason,
        (lane, transaction) -> transaction.skip(lane, actor, clock.instant()),
        new Batch(Optional.empty(), 0));
  }

  /** The end of a batch, after which the next one begins. */
  private record Batch(Optional<LaneKey> last, int done) {}

  private CompletableFuture<Integer> all(
      PortId port, String reason, BiPredicate<LaneKey, Transaction> move, Batch before) {
    return committer
        .submit((transaction, changes) -> {
          List<Lane> parked = transaction.parkedLanes(port, reason, before.last(), BATCH);
          int done = before.done();
          for (Lane lane : parked) {
            if (recorded(lane.key(), move.test(lane.key(), transaction), transaction, changes)) {
              done++;
            }
          }
          Optional<LaneKey> last = parked.size() < BATCH
              ? Optional.empty()
              : Optional.of(parked.get(parked.size() - 1).key());
          return new Batch(last, done);
        })
        .thenCompose(batch -> batch.last().isEmpty()
            ? CompletableFuture.completedFuture(batch.done())
            : all(port, reason, move, batch));
  }

  @Override
  public boolean isPossible() {
    return announcer.isPresent();
  }

  @Override
  public Optional<String> heldBecause() {
    if (announcer.isEmpty()) {
      return Optional.empty();
    }
    Optional<Lane> backlog = store
        .read(queries -> queries.lane(Topic.NEWS.lane()))
        .filter(lane -> lane.depth() > 0)
        .filter(lane -> lane.parkedAt().isPresent()
            || lane.attempts() > 0
            || lane.readyAt().filter(clock.instant()::isBefore).isPresent());
    return backlog
        .flatMap(Lane::lastError)
        .or(() -> Optional.ofNullable(runners.get(announcer.get())).flatMap(LaneRunner::outage));
  }

  @Override
  public CompletableFuture<EntryId> publish(
      Participant author, String title, String text, Optional<String> url, Optional<EventKey> key) {
    Optional<RuntimeException> fault = fault(title, text);
    if (fault.isPresent()) {
      return CompletableFuture.failedFuture(fault.get());
    }
    EntryContent.Announced announcement =
        new EntryContent.Announced(author, Topic.NEWS, title, text, url);
    return committer.submit((transaction, changes) -> {
      Optional<EntryId> first = key.flatMap(transaction::seen).flatMap(Receipt::entry);
      return first.orElseGet(
          () -> append(announcement, announcer.orElseThrow(), key, transaction, changes));
    });
  }

  /** Returns what is wrong with an announcement, if anything is. */
  private Optional<RuntimeException> fault(String title, String text) {
    if (announcer.isEmpty()) {
      return Optional.of(new IllegalStateException("no announcer is configured"));
    }
    if (title.isBlank()
        || title.length() > EntryContent.Announced.MAX_TITLE
        || text.length() > EntryContent.Announced.MAX_TEXT) {
      return Optional.of(new IllegalArgumentException("an announcement needs a title of 1 to "
          + EntryContent.Announced.MAX_TITLE + " and may have a text of at most "
          + EntryContent.Announced.MAX_TEXT + " characters"));
    }
    return Optional.empty();
  }

  @Override
  public CompletableFuture<Optional<Planned>> plan(
      Participant author,
      String title,
      String text,
      Optional<String> url,
      Instant at,
      Optional<String> sourceId) {
    Instant now = clock.instant();
    Optional<RuntimeException> fault = fault(title, text);
    if (fault.isEmpty() && (!at.isAfter(now) || at.isAfter(now.plus(Planned.MAX_AHEAD)))) {
      fault = Optional.of(new IllegalArgumentException("an announcement is planned for a time from"
          + " now to " + Planned.MAX_AHEAD.toDays() + " days ahead"));
    }
    if (fault.isPresent()) {
      return CompletableFuture.failedFuture(fault.get());
    }
    EntryContent.Announced announcement =
        new EntryContent.Announced(author, Topic.NEWS, title, text, url);
    return committer.submit((transaction, changes) -> {
      Optional<Planned> first = transaction.plannedAnnouncements(MOST_PLANNED).stream()
          .filter(it -> sourceId.isPresent()
              && it.sourceId().equals(sourceId)
              && it.announcement().author().id().equals(author.id()))
          .findFirst();
      if (first.isPresent() || waiting(transaction).size() >= Planned.MAX_WAITING) {
        return first;
      }
      return Optional.of(
          transaction.save(new Planned(0, announcement, at, now, sourceId, Planned.State.WAITING)));
    });
  }

  @Override
  public CompletableFuture<Optional<Planned>> cancel(long id) {
    return committer.submit((transaction, changes) -> transaction
        .plannedAnnouncement(id)
        .filter(it -> it.state() == Planned.State.WAITING)
        .map(it -> transaction.save(it.in(Planned.State.CANCELLED))));
  }

  @Override
  public List<Planned> planned() {
    return store.read(queries -> {
      List<Planned> latest = queries.plannedAnnouncements(MOST_PLANNED);
      Map<Long, Planned> read =
          latest.stream().collect(Collectors.toMap(Planned::id, Function.identity()));
      // Only what was planned before a hundred others is read by itself.
      Stream<Planned> waiting = waiting(queries).stream()
          .flatMap(id ->
              Optional.ofNullable(read.get(id)).or(() -> queries.plannedAnnouncement(id)).stream());
      return Stream.concat(
              waiting, latest.stream().filter(it -> it.state() != Planned.State.WAITING))
          .toList();
    });
  }

  /** Returns the ids of the announcements that wait for their time, the next one first. */
  private List<Long> waiting(Queries queries) {
    return queries.announcementsDue(clock.instant().plus(LATEST), Planned.MAX_WAITING);
  }

  private EntryId append(
      EntryContent.Announced announcement,
      PortId through,
      Optional<EventKey> key,
      Transaction transaction,
      Changes changes) {
    Instant now = clock.instant();
    EntryId id = AnnouncementLane.append(announcement, through, transaction, changes, now);
    Receipt receipt =
        new Receipt(LaneKey.ANNOUNCEMENTS.conversation(), Optional.of(id), Optional.empty());
    key.ifPresent(it -> transaction.markSeen(it, receipt, now));
    return id;
  }

  private static boolean recorded(
      LaneKey lane, boolean done, Transaction transaction, Changes changes) {
    if (done) {
      transaction.lane(lane).map(Lane::port).ifPresent(changes::due);
      changes.touched(lane.conversation());
    }
    return done;
  }
}
