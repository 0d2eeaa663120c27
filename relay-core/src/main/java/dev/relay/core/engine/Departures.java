package dev.relay.core.engine;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.EngineEvent;
import dev.relay.core.conversation.Handling;
import dev.relay.core.engine.commit.CaseSaves;
import dev.relay.core.engine.commit.Changes;
import dev.relay.core.engine.commit.EventApplier;
import dev.relay.core.engine.commit.Surroundings;
import dev.relay.core.id.ConversationId;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Transaction;
import dev.relay.core.team.Team.Member;
import dev.relay.core.team.Team.Presence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The departure of live agents whose accounts were disabled, by whatever process. Thread-safe: has no state of its own. */
final class Departures {
  /** The most conversations, and the most cases, that one transaction gives back. */
  private static final int BATCH = 50;

  private static final int PAGE = 1_000;

  private static final Set<CaseStatus> UNSOLVED =
      Set.of(CaseStatus.NEW, CaseStatus.OPEN, CaseStatus.PENDING);

  private final Surroundings surroundings;
  private final EventApplier applier;

  Departures(Surroundings surroundings, EventApplier applier) {
    this.surroundings = surroundings;
    this.applier = applier;
  }

  /**
   * Gives back what an agent holds who no longer takes part, or notes that they take part again.
   *
   * @return false if something is left
   */
  boolean settle(Member member, Transaction transaction, Changes changes) {
    if (!member.isUnsettled()) {
      return true;
    }
    Instant now = surroundings.clock().instant();
    Presence presence = member.presence();
    if (member.works()) {
      transaction.save(presence.back());
      return true;
    }
    List<Conversation> conversations = transaction.conversations(
        new ConversationFilter(
            Set.of(ConversationState.LIVE), Optional.of(member.id()), Optional.empty(), false),
        Optional.empty(),
        BATCH);
    List<Conversation> helped = helpedBy(member.id(), transaction);
    Stream.concat(conversations.stream(), helped.stream())
        .forEach(conversation -> applier.apply(
            new EngineEvent.AgentGone(conversation.id(), member.id()), transaction, changes));
    List<SupportCase> cases = transaction.cases(
        new CaseFilter(
            UNSOLVED,
            Optional.empty(),
            Optional.empty(),
            Optional.of(member.id()),
            Optional.empty()),
        Optional.empty(),
        BATCH);
    for (SupportCase each : cases) {
      SupportCase freed = CaseSaves.unassigned(each, surroundings, transaction, now);
      CaseSaves.save(freed, surroundings, transaction, changes, now);
      each.conversations().forEach(changes::touched);
    }
    boolean isDone = conversations.size() < BATCH && cases.size() < BATCH && helped.size() < BATCH;
    if (isDone) {
      transaction.save(presence.gone(now));
    }
    return isDone;
  }

  /** Returns the live conversations of others that the agent has joined. No index has them, but an agent leaves rarely. */
  private static List<Conversation> helpedBy(String agent, Queries queries) {
    ConversationFilter live = ConversationFilter.in(ConversationState.LIVE);
    List<Conversation> helped = new ArrayList<>();
    Optional<ConversationId> after = Optional.empty();
    List<Conversation> page;
    do {
      page = queries.conversations(live, after, PAGE);
      page.stream()
          .filter(
              it -> it.handling() instanceof Handling.Live handling && handling.isHelpedBy(agent))
          .forEach(helped::add);
      after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1).id());
    } while (page.size() == PAGE && helped.size() < BATCH);
    return helped.stream().limit(BATCH).toList();
  }
}
