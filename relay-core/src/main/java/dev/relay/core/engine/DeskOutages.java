package dev.relay.core.engine;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.EngineEvent;
import dev.relay.core.conversation.Handling;
import dev.relay.core.engine.commit.ClockJumps;
import dev.relay.core.engine.commit.EngineCore;
import dev.relay.core.engine.lane.LaneRunner;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Queries;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The customers of desks that are down: if a desk has failed everybody for as long as the settings allow, the conversations that it has
 * and whose customers wait for it are passed on. A handoff under way has a back-off of its own. A conversation with a live agent is
 * passed on only if words of its customer wait: nobody misses an agent to whom nothing was written. Used by one thread.
 */
final class DeskOutages {
  /** The number of conversations that one check looks at; the next check continues behind them. */
  private static final int BATCH = 200;

  private static final ConversationFilter AT_DESKS = new ConversationFilter(
      Set.of(ConversationState.WAITING, ConversationState.LIVE),
      Optional.empty(),
      Optional.empty(),
      false);

  private final EngineCore core;
  private final Map<PortId, LaneRunner> desks;
  private Optional<ConversationId> after = Optional.empty();
  /** The events that the committer has not applied yet. */
  private final AtomicInteger submitted = new AtomicInteger();

  /**
   * Creates the check.
   *
   * @param core the engine
   * @param desks the delivery to each desk
   */
  DeskOutages(EngineCore core, Map<PortId, LaneRunner> desks) {
    this.core = core;
    this.desks = Map.copyOf(desks);
  }

  /** Submits an event for each conversation that is to be passed on, among the next {@value #BATCH}. */
  void check(ClockJumps jumps) {
    Map<PortId, String> down = down(jumps);
    if (down.isEmpty()) {
      after = Optional.empty();
      return;
    }
    if (submitted.get() > 0) {
      return;
    }
    List<Conversation> page =
        core.store().read(queries -> queries.conversations(AT_DESKS, after, BATCH));
    after = page.size() < BATCH
        ? Optional.empty()
        : Optional.of(page.get(page.size() - 1).id());
    for (Conversation each : page) {
      deskOf(each)
          .filter(down::containsKey)
          .filter(desk -> core.store().read(queries -> isWaitingFor(desk, each, queries)))
          .ifPresent(desk -> submit(each.id(), desk, down.getOrDefault(desk, "")));
    }
  }

  /**
   * Returns the desks whose customers cannot wait any longer, with the reason. An outage counts as long as its latest failure shows: it
   * may have ended since.
   */
  private Map<PortId, String> down(ClockJumps jumps) {
    Map<PortId, String> down = new HashMap<>();
    desks.forEach((desk, runner) -> runner
        .lastingOutage()
        .filter(outage ->
            !outage.since().isAfter(jumps.ago(core.settings().deskOutage(), outage.failedAt())))
        .filter(outage -> outage.isReported() || isReplaceable(desk))
        .ifPresent(outage -> down.put(desk, outage.reason())));
    return down;
  }

  private boolean isReplaceable(PortId desk) {
    return core.settings()
        .fallbackDesk()
        .filter(other -> !other.equals(desk))
        .map(desks::get)
        .filter(runner -> runner.lastingOutage().isEmpty())
        .isPresent();
  }

  private static Optional<PortId> deskOf(Conversation conversation) {
    if (conversation.handling() instanceof Handling.Waiting waiting) {
      return Optional.of(waiting.desk());
    }
    return conversation.handling() instanceof Handling.Live live
        ? Optional.of(live.desk())
        : Optional.empty();
  }

  private static boolean isWaitingFor(PortId desk, Conversation conversation, Queries queries) {
    LaneKey key = new LaneKey(conversation.id(), Destination.DESK);
    Optional<Lane> backlog =
        queries.lane(key).filter(lane -> lane.depth() > 0 && lane.port().equals(desk));
    if (conversation.state() == ConversationState.LIVE) {
      // A first attempt may be under way, which ends the outage.
      return backlog.flatMap(Lane::lastError).isPresent();
    }
    return backlog
        .flatMap(lane -> queries.laneEntry(key, lane.doneSequence() + 1))
        .filter(head -> head.content() instanceof EntryContent.HandoffRequested)
        .isEmpty();
  }

  private void submit(ConversationId id, PortId desk, String reason) {
    submitted.incrementAndGet();
    core.committer()
        .submit(
            (transaction, changes) -> {
              boolean isDown = Optional.ofNullable(desks.get(desk))
                  .flatMap(LaneRunner::lastingOutage)
                  .isPresent();
              Optional<Conversation> now = transaction.conversation(id);
              if (isDown
                  && now.filter(it -> isWaitingFor(desk, it, transaction)).isPresent()) {
                core.applier()
                    .apply(new EngineEvent.DeskDown(id, desk, reason), transaction, changes);
              }
              return isDown;
            },
            done -> submitted.decrementAndGet(),
            failure -> {
              submitted.decrementAndGet();
              core.observer().broken("outage of desk " + desk, failure);
            });
  }
}
