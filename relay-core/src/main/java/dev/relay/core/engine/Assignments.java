package dev.relay.core.engine;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.EngineEvent;
import dev.relay.core.conversation.Handling;
import dev.relay.core.engine.commit.Changes;
import dev.relay.core.engine.commit.EngineCore;
import dev.relay.core.id.QueueName;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Transaction;
import dev.relay.core.team.Team;
import dev.relay.core.team.Team.Assignment;
import dev.relay.core.team.Team.Queue;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The offers of waiting conversations to live agents. Ends what has passed, and then offers what waits in the order of its turn, all
 * within one transaction: nobody is offered more than they have room for, and nobody is passed over. Everything is read from the store, so
 * that offers end after a restart too. {@link #check} is called by one thread.
 */
final class Assignments {
  /** As many as a query returns. */
  private static final int MOST_READ = 1_000;
  /** The offers of one transaction, so that messages do not wait for it. */
  private static final int BATCH = 50;

  private final EngineCore core;
  /** An unanswered submission: a slow committer gets no second one. */
  private final AtomicBoolean isSubmitted = new AtomicBoolean();

  Assignments(EngineCore core) {
    this.core = core;
  }

  /** Submits the work if there is some. */
  void check() {
    if (isSubmitted.get() || !core.store().read(this::isDue)) {
      return;
    }
    isSubmitted.set(true);
    core.committer().submit(this::assign, done -> isSubmitted.set(false), failure -> {
      isSubmitted.set(false);
      core.observer().broken("offers", failure);
    });
  }

  private boolean isDue(Queries queries) {
    List<Conversation> offered = queries.offered(MOST_READ);
    Set<QueueName> assigned = assigned(queries.queues());
    if (offered.isEmpty() && queries.unoffered(assigned, 1).isEmpty()) {
      return false;
    }
    Team team = queries.team();
    Instant now = core.now();
    return offered.stream().anyMatch(it -> hasEnded(it, team, now))
        || (hasRoom(team)
            && queries.unoffered(assigned, MOST_READ).stream()
                .anyMatch(it -> canBeOffered(it, team, now)));
  }

  private int assign(Transaction transaction, Changes changes) {
    Instant now = core.now();
    Team before = transaction.team();
    for (Conversation each : transaction.offered(MOST_READ)) {
      if (hasEnded(each, before, now)) {
        core.applier().apply(new EngineEvent.OfferOver(each.id()), transaction, changes);
      }
    }
    int made = 0;
    Team team = transaction.team();
    for (Conversation each : transaction.unoffered(assigned(team.queues().values()), MOST_READ)) {
      if (made == BATCH || !hasRoom(team)) {
        break;
      }
      if (canBeOffered(each, team, now)) {
        core.applier().apply(new EngineEvent.OfferDue(each.id()), transaction, changes);
        made++;
        // The load of an agent has grown by the offer.
        team = transaction.team();
      }
    }
    return made;
  }

  private boolean canBeOffered(Conversation conversation, Team team, Instant now) {
    return conversation.handling() instanceof Handling.Waiting waiting
        && core.surroundings().teamDesk().equals(Optional.of(waiting.desk()))
        && team.offer(waiting.queue(), waiting.offering(), now).isPresent();
  }

  private static boolean hasEnded(Conversation conversation, Team team, Instant now) {
    return conversation.handling() instanceof Handling.Waiting waiting
        && team.endOf(waiting.queue(), waiting.offering(), now).isPresent();
  }

  private static boolean hasRoom(Team team) {
    return team.members().stream().anyMatch(Team.Member::hasRoom);
  }

  private static Set<QueueName> assigned(Iterable<Queue> queues) {
    Set<QueueName> assigned = new HashSet<>();
    for (Queue queue : queues) {
      if (queue.assignment() != Assignment.PULL) {
        assigned.add(queue.name());
      }
    }
    return assigned;
  }
}
