package dev.relay.core.conversation;

import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import java.time.Instant;

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
   * @param since when it began to wait
   */
  record Waiting(QueueName queue, PortId desk, Instant since) implements Handling {
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
   */
  record Live(Participant agent, QueueName queue, PortId desk, Instant since) implements Handling {
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
