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
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Queries;
import dev.relay.core.text.Cut;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The connection to the virtual agent, whose answer is applied in the transaction that marks the question as delivered. */
public final class VirtualAgentLink implements PortLink {
  private static final int HISTORY = 50;
  /** The entries that are read if the last ones are of a customer who never paused: the most that a store returns at once. */
  private static final int LONGEST_ROW = 1_000;

  private final VirtualAgent agent;
  private final BackOff backOff;
  private final Duration pause;

  /**
   * Connects a virtual agent.
   *
   * @param backOff the delays between attempts to ask it
   * @param pause how long a customer must write nothing until they are answered; zero answers each message at once
   */
  public VirtualAgentLink(VirtualAgent agent, BackOff backOff, Duration pause) {
    this.agent = agent;
    this.backOff = backOff;
    this.pause = pause;
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

  /** Returns the end of the burst to which a message belongs, as long as more messages may follow. */
  @Override
  public Optional<Instant> notBefore(TranscriptEntry head, Instant now, Queries queries) {
    if (pause.isZero() || !Burst.isQuestion(head)) {
      return Optional.empty();
    }
    Burst burst = Burst.around(head, around(head, queries), pause);
    return burst.isOpenAt(now) ? Optional.of(burst.end()) : Optional.empty();
  }

  @Override
  public Attempt prepare(TranscriptEntry head, int attempt, Queries queries) {
    Optional<Conversation> conversation = queries.conversation(head.conversation());
    if (conversation.isEmpty() || conversation.get().state() != ConversationState.BOT) {
      return Attempt.nothing();
    }
    if (!Burst.isQuestion(head)) {
      return Attempt.nothing();
    }
    List<TranscriptEntry> entries = around(head, queries);
    Burst burst = Burst.around(head, entries, pause);
    List<TranscriptEntry> history = LaterChanges.upTo(head, entries);
    if (burst.isContinued() || burst.isDeleted(history)) {
      // The last message of a burst carries the question; what was deleted while it waited is none.
      return Attempt.nothing();
    }
    int misses = ((Handling.Bot) conversation.get().handling()).misses();
    LaneKey lane = new LaneKey(head.conversation(), head.destination());
    Turn turn = new Turn(
        head.conversation(),
        DeliveryId.of(lane, head.sequence()).value(),
        Cut.to(burst.words(history), MessageBody.MAX_TEXT),
        conversation.get().locale(),
        misses,
        history.subList(Math.max(0, history.size() - HISTORY), history.size()));
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

  /** Returns the entries around a message, from a pause of the customer on, so that every reading finds the same bursts. */
  private List<TranscriptEntry> around(TranscriptEntry head, Queries queries) {
    List<TranscriptEntry> entries = LaterChanges.around(head, HISTORY, queries);
    if (entries.size() >= HISTORY && !Burst.hasPause(entries, pause)) {
      return LaterChanges.around(head, LONGEST_ROW, queries);
    }
    return entries;
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
