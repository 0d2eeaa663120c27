package dev.relay.core.engine.lane;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.EngineEvent;
import dev.relay.core.conversation.Event;
import dev.relay.core.conversation.Handling;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.engine.commit.Surroundings;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Queries;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import java.util.List;
import java.util.Optional;

/** The connection to the virtual agent, whose answer is applied in the transaction that marks the question as delivered. */
public final class VirtualAgentLink implements PortLink {
  private static final int HISTORY = 50;

  private final VirtualAgent agent;
  private final BackOff backOff;

  public VirtualAgentLink(VirtualAgent agent, BackOff backOff) {
    this.agent = agent;
    this.backOff = backOff;
  }

  @Override
  public PortId port() {
    return Surroundings.VIRTUAL_AGENT;
  }

  @Override
  public BackOff backOff(TranscriptEntry head) {
    return backOff;
  }

  /** Returns that every question has a way out of an outage: its customer is handed over. */
  @Override
  public Urgency urgency(TranscriptEntry head) {
    return Urgency.URGENT;
  }

  @Override
  public Attempt prepare(TranscriptEntry head, int attempt, Queries queries) {
    Optional<Conversation> conversation = queries.conversation(head.conversation());
    if (conversation.isEmpty() || conversation.get().state() != ConversationState.BOT) {
      return Attempt.nothing();
    }
    List<TranscriptEntry> history = LaterChanges.history(head, HISTORY, queries);
    Optional<EntryContent> question = history.stream()
        .filter(it -> it.id().equals(head.id()))
        .map(TranscriptEntry::content)
        .findFirst();
    if (question.isEmpty() || !(question.get() instanceof EntryContent.Said said)) {
      // Only questions are answered, and a question that was deleted while it waited is not one.
      return Attempt.nothing();
    }
    int misses = ((Handling.Bot) conversation.get().handling()).misses();
    LaneKey lane = new LaneKey(head.conversation(), head.destination());
    Turn turn = new Turn(
        head.conversation(),
        DeliveryId.of(lane, head.sequence()).value(),
        said.body().text(),
        conversation.get().locale(),
        misses,
        history);
    return new Attempt() {
      @Override
      public Outcome make() {
        return outcome(agent.answer(turn), head);
      }

      // A second answer is never shown: only one can be applied together with the mark.
      @Override
      public LookUp look() {
        return new LookUp.NotFound();
      }
    };
  }

  @Override
  public Optional<Event> insteadOfParking(TranscriptEntry head, String reason) {
    Answer handOver = new Answer.HandOver(Answer.HandOverReason.VIRTUAL_AGENT_FAILED, List.of());
    return Optional.of(
        new EngineEvent.VirtualAgentAnswered(head.conversation(), head.id(), handOver));
  }

  private static Attempt.Outcome outcome(Answer answer, TranscriptEntry head) {
    if (answer instanceof Answer.Failed failed) {
      return Attempt.Outcome.of(new DeliveryResult.RetryLater(failed.reason(), Optional.empty()));
    }
    Event answered = new EngineEvent.VirtualAgentAnswered(head.conversation(), head.id(), answer);
    return new Attempt.Outcome(DeliveryResult.delivered(), Optional.of(answered));
  }
}
