package dev.relay.core.virtualagent;

import dev.relay.core.message.MessageBody;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the virtual agent makes of a turn. */
public sealed interface Answer {

  /**
   * It has something to say.
   *
   * @param replies what to say, in order; at most five
   * @param outcome whether that was an answer
   * @param confidence how sure it is, 0 to about 1
   */
  record Replied(List<MessageBody> replies, Outcome outcome, double confidence) implements Answer {
    /** Copies the list, so that the answer cannot change. */
    public Replied {
      replies = List.copyOf(replies);
    }
  }

  /**
   * A person must take over.
   *
   * @param reason why
   * @param replies what to say before, often nothing
   */
  record HandOver(HandOverReason reason, List<MessageBody> replies) implements Answer {
    /** Copies the list, so that the answer cannot change. */
    public HandOver {
      replies = List.copyOf(replies);
    }
  }

  /**
   * No answer this time; asking again later may help. The engine tries again and, when it gives up, hands over.
   *
   * @param reason for the operator, without the customer's words
   * @param after how long the virtual agent asks to wait, if it does: shown to operators; the engine keeps to its own short
   *     back-off, because the customer waits, and hands over after that
   */
  record Failed(String reason, Optional<Duration> after) implements Answer {}

  /** What a reply was. */
  enum Outcome {
    /** Articles or a direct answer were given: the customer is asked whether that helped. */
    ANSWERED,
    /** Nothing fitted: the customer was asked to rephrase or offered a person. */
    MISSED,
    /** Small talk and the like: neither an answer nor a miss. */
    CHATTED
  }

  /** Why a person must take over. */
  enum HandOverReason {
    /** The customer asked for one. */
    ASKED,
    /** The virtual agent decided so. */
    VIRTUAL_AGENT,
    /** The virtual agent could not be reached. */
    VIRTUAL_AGENT_FAILED,
    /** A routing rule says so. */
    ROUTING_RULE
  }
}
