package dev.relay.core.virtualagent;

import dev.relay.core.message.MessageBody;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The virtual agent's answer to a turn. */
public sealed interface Answer {

  /**
   * The virtual agent replies.
   *
   * @param replies the messages, in order; at most five
   * @param outcome whether they were an answer
   * @param confidence the confidence in the answer, 0 to about 1
   */
  record Replied(List<MessageBody> replies, Outcome outcome, double confidence) implements Answer {
    /** Copies the list, so that the answer cannot change. */
    public Replied {
      replies = List.copyOf(replies);
    }
  }

  /**
   * A live agent must take over.
   *
   * @param reason the reason
   * @param replies the messages to send before, often none
   */
  record HandOver(HandOverReason reason, List<MessageBody> replies) implements Answer {
    /** Copies the list, so that the answer cannot change. */
    public HandOver {
      replies = List.copyOf(replies);
    }
  }

  /**
   * There is no answer this time; asking again later may help. The engine tries again and, when it gives up, hands over.
   *
   * @param reason the reason, for the operator, without the customer's words
   * @param after the wait that the virtual agent requests, if it does, shown to operators; because the customer is waiting, the
   *     engine uses its own short back-off and then hands over
   */
  record Failed(String reason, Optional<Duration> after) implements Answer {}

  /** The kind of a reply. */
  enum Outcome {
    /** Articles or a direct answer were given: the customer is asked whether that helped. */
    ANSWERED,
    /** Nothing matched: the customer was asked to rephrase or offered a live agent. */
    MISSED,
    /** Small talk and the like: neither an answer nor a miss. */
    CHATTED
  }

  /** The reason for a handover to a live agent. */
  enum HandOverReason {
    /** The customer asked for a live agent. */
    ASKED,
    /** The virtual agent decided so. */
    VIRTUAL_AGENT,
    /** The virtual agent could not be reached. */
    VIRTUAL_AGENT_FAILED,
    /** A routing rule requires it. */
    ROUTING_RULE
  }
}
