package dev.relay.core.conversation;

import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import java.time.Instant;

/** Who has a conversation, with what only that state knows. */
public sealed interface Handling {

  /** The name of the state. */
  ConversationState state();

  /**
   * The virtual agent has it.
   *
   * @param misses how many turns in a row found no answer
   */
  record Bot(int misses) implements Handling {
    @Override
    public ConversationState state() {
      return ConversationState.BOT;
    }
  }

  /**
   * It waits for a live agent.
   *
   * @param queue in which queue
   * @param desk at which desk
   * @param since since when
   */
  record Waiting(QueueName queue, PortId desk, Instant since) implements Handling {
    @Override
    public ConversationState state() {
      return ConversationState.WAITING;
    }
  }

  /**
   * A live agent has it.
   *
   * @param agent who
   * @param queue from which queue it came
   * @param desk at which desk
   * @param since since when
   */
  record Live(Participant agent, QueueName queue, PortId desk, Instant since) implements Handling {
    @Override
    public ConversationState state() {
      return ConversationState.LIVE;
    }
  }

  /**
   * It is over.
   *
   * @param at since when
   * @param by who ended it
   */
  record Closed(Instant at, Participant by) implements Handling {
    @Override
    public ConversationState state() {
      return ConversationState.CLOSED;
    }
  }
}
