package dev.relay.core.engine;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.EngineEvent;
import dev.relay.core.engine.commit.ClockJumps;
import dev.relay.core.engine.commit.EngineCore;
import dev.relay.core.id.ConversationId;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Queries;
import dev.relay.core.team.Team.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The return of conversations whose live agents have been offline for longer than the operator allows. Their customers wait again, at the
 * places that they had. Used by one thread.
 */
final class Absences {
  private static final int BATCH = 50;

  private final EngineCore core;
  private final Period period = new Period(Duration.ofSeconds(10));

  Absences(EngineCore core) {
    this.core = core;
  }

  /** Submits an event for each such conversation, at most {@value #BATCH} of an agent at a time. */
  void check(ClockJumps jumps, Instant now) {
    Optional<Duration> allowed = core.settings().releaseAbsentAfter();
    if (allowed.isEmpty() || !period.isOver(now)) {
      return;
    }
    Instant moment = jumps.ago(allowed.get(), now);
    for (EngineEvent.AgentAbsent event : core.store().read(queries -> found(queries, moment))) {
      core.committer()
          .submit(
              (transaction, changes) -> core.applier().apply(event, transaction, changes),
              done -> {},
              failure -> core.observer().broken("absent agents", failure));
    }
  }

  private static List<EngineEvent.AgentAbsent> found(Queries queries, Instant moment) {
    List<EngineEvent.AgentAbsent> events = new ArrayList<>();
    for (Member member : queries.members()) {
      if (member.load() > 0 && member.isAbsentSince(moment)) {
        for (Conversation held : held(member, queries)) {
          ConversationId id = held.id();
          events.add(new EngineEvent.AgentAbsent(id, member.id()));
        }
      }
    }
    return events;
  }

  private static List<Conversation> held(Member member, Queries queries) {
    return queries.conversations(
        new ConversationFilter(
            Set.of(ConversationState.LIVE), Optional.of(member.id()), Optional.empty(), false),
        Optional.empty(),
        BATCH);
  }
}
