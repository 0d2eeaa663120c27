package dev.relay.core.conversation;

import dev.relay.core.cases.CasePriority;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import dev.relay.core.team.Team;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The state of a conversation, with the facts that only that state has. */
public sealed interface Handling {

  /** Returns the name of the state. */
  ConversationState state();

  /**
   * State {@code BOT}: the virtual agent answers.
   *
   * @param misses the number of consecutive turns without an answer
   */
  record Bot(int misses) implements Handling {
    @Override
    public ConversationState state() {
      return ConversationState.BOT;
    }
  }

  /**
   * State {@code WAITING}: the conversation waits for a live agent.
   *
   * @param queue the queue
   * @param desk the desk
   * @param since when it began to wait; kept if a live agent returns it to the queue
   * @param priority the priority of its case, which comes before the time of waiting
   * @param offering the offers to live agents, in a queue whose conversations are assigned
   */
  record Waiting(
      QueueName queue, PortId desk, Instant since, CasePriority priority, Team.Offering offering)
      implements Handling {
    /** Far longer than anybody waits. */
    private static final Duration BETWEEN_PRIORITIES = Duration.ofDays(36_500);

    /** Creates the state of a conversation that nobody was offered. */
    public Waiting(QueueName queue, PortId desk, Instant since, CasePriority priority) {
      this(queue, desk, since, priority, Team.Offering.NONE);
    }

    /** Creates the state of normal priority. */
    public Waiting(QueueName queue, PortId desk, Instant since) {
      this(queue, desk, since, CasePriority.NORMAL);
    }

    /** Returns the state after those offers. */
    Waiting offered(Team.Offering newOffering) {
      return new Waiting(queue, desk, since, priority, newOffering);
    }

    /**
     * Returns the place among all that wait, as a moment: whoever has the earlier one is next. Higher priorities lie before all
     * lower ones; within one priority, places are in the order of the time of waiting. Normal priority has the time of waiting
     * itself.
     */
    public Instant turn() {
      int above = switch (priority) {
        case LOW -> -1;
        case NORMAL -> 0;
        case HIGH -> 1;
        case URGENT -> 2;
      };
      return since.minus(BETWEEN_PRIORITIES.multipliedBy(above));
    }

    @Override
    public ConversationState state() {
      return ConversationState.WAITING;
    }
  }

  /**
   * State {@code LIVE}: a live agent answers.
   *
   * @param agent the live agent
   * @param queue the queue that the conversation came from
   * @param desk the desk
   * @param since when the live agent joined
   * @param waitedSince when the customer began to wait: their place if the live agent returns them to the queue
   * @param closeProposedAt when the live agent asked whether the matter is solved, if the customer has not answered yet
   * @param colleagues the live agents who have joined to help, in the order in which they came, at most {@value #MAX_COLLEAGUES};
   *     the customer does not notice them
   */
  record Live(
      Participant agent,
      QueueName queue,
      PortId desk,
      Instant since,
      Instant waitedSince,
      Optional<Instant> closeProposedAt,
      List<Participant> colleagues)
      implements Handling {
    /** The most live agents who help in one conversation. */
    public static final int MAX_COLLEAGUES = 20;

    /** Copies the list, so that the state cannot change. */
    public Live {
      colleagues = List.copyOf(colleagues);
    }

    /** Creates the state of a customer who did not wait. */
    public Live(Participant agent, QueueName queue, PortId desk, Instant since) {
      this(agent, queue, desk, since, since);
    }

    /** Creates the state of a customer who was not asked whether the matter is solved. */
    public Live(
        Participant agent, QueueName queue, PortId desk, Instant since, Instant waitedSince) {
      this(agent, queue, desk, since, waitedSince, Optional.empty(), List.of());
    }

    /** Returns the state after the live agent has asked whether the matter is solved or, if empty, after the customer's answer. */
    Live closeProposed(Optional<Instant> at) {
      return new Live(agent, queue, desk, since, waitedSince, at, colleagues);
    }

    /** Returns the state after the conversation's case was moved to a queue. */
    Live from(QueueName newQueue) {
      return new Live(agent, newQueue, desk, since, waitedSince, closeProposedAt, colleagues);
    }

    /** Returns the state with these live agents helping. */
    Live helpedBy(List<Participant> helpers) {
      return new Live(agent, queue, desk, since, waitedSince, closeProposedAt, helpers);
    }

    /** Checks whether the live agent with that id helps. */
    public boolean isHelpedBy(String other) {
      return colleagues.stream().anyMatch(it -> it.id().equals(other));
    }

    /** Returns whoever helps, without that live agent. */
    List<Participant> colleaguesWithout(Participant other) {
      return colleagues.stream().filter(it -> !it.isSameAs(other)).toList();
    }

    @Override
    public ConversationState state() {
      return ConversationState.LIVE;
    }
  }

  /**
   * State {@code CLOSED}: the conversation has ended.
   *
   * @param at when it ended
   * @param by the participant who ended it
   */
  record Closed(Instant at, Participant by) implements Handling {
    @Override
    public ConversationState state() {
      return ConversationState.CLOSED;
    }
  }
}
