package dev.relay.core.engine;

import dev.relay.core.engine.commit.Committer;
import dev.relay.core.engine.commit.EventApplier;
import dev.relay.core.engine.commit.Surroundings;
import dev.relay.core.id.QueueName;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.team.Team;
import dev.relay.core.team.Team.Assignment;
import dev.relay.core.team.Team.Presence;
import dev.relay.core.team.Team.Queue;
import dev.relay.core.team.Team.QueueChange;
import dev.relay.core.team.Team.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Teams that are changed through the committer, so that a change and an assignment do not overtake each other. */
final class CommittedTeams implements Team.Teams {
  private final Store store;
  private final Committer committer;
  private final Surroundings surroundings;
  private final Departures departures;

  CommittedTeams(
      Store store, Committer committer, Surroundings surroundings, EventApplier applier) {
    this.store = store;
    this.committer = committer;
    this.surroundings = surroundings;
    this.departures = new Departures(surroundings, applier);
  }

  @Override
  public Set<QueueName> queues() {
    return store.read(surroundings::queues);
  }

  @Override
  public boolean isStaffed(QueueName queue) {
    return surroundings.settings().isStaffed(queue, surroundings.clock().instant())
        && (!surroundings.isOfTeam(queue) || store.read(queries -> isStaffed(queue, queries)));
  }

  /** Counts what each agent has only if it matters: strangers ask this, whenever a chat is opened. */
  private static boolean isStaffed(QueueName queue, Queries queries) {
    return queue(queue, queries).assignment() == Assignment.PULL
        || queries.team().isStaffed(queue);
  }

  @Override
  public CompletableFuture<Queue> setUp(QueueName queue, QueueChange change) {
    return committer.submit((transaction, changes) -> {
      Queue next = change.applyTo(queue(queue, transaction));
      transaction.save(next);
      return next;
    });
  }

  @Override
  public CompletableFuture<Optional<Presence>> become(
      String agent, Set<Status> from, Status status) {
    return committer.submit((transaction, changes) -> transaction
        .team()
        .member(agent)
        .map(member -> {
          if (!from.contains(member.presence().status())) {
            return member.presence();
          }
          Presence next = member.presence().become(status, surroundings.clock().instant());
          transaction.save(next);
          return next;
        }));
  }

  @Override
  public CompletableFuture<Boolean> release(String agent) {
    return committer.submit((transaction, changes) -> transaction
        .team()
        .member(agent)
        .map(member -> departures.settle(member, transaction, changes))
        .orElse(true));
  }

  @Override
  public CompletableFuture<Integer> seen(String agent, Set<Long> mentions) {
    return committer.submit((transaction, changes) -> {
      List<Team.Mention> unseen = transaction.mentions(agent, 0, Team.Mention.MOST).stream()
          .filter(it -> !it.seen() && mentions.contains(it.id()))
          .toList();
      unseen.forEach(it -> transaction.save(it.asSeen()));
      return unseen.size();
    });
  }

  private static Queue queue(QueueName name, Queries queries) {
    return queries.queues().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseGet(() -> Queue.of(name));
  }
}
