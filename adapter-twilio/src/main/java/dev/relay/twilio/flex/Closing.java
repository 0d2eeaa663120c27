package dev.relay.twilio.flex;

import com.twilio.exception.TwilioException;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.port.BlockingCalls;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.ConversationName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes conversations at Twilio in the right order: the interaction's channel, which ends tasks, then the conversation. Thread-safe. */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  /** Forgotten ones are found again by {@link Reconciliation}. */
  private static final int REMEMBERED = 1_000;

  private final Map<ConversationName, ConversationLink> unfinished = new ConcurrentHashMap<>();
  private final TwilioCalls twilio;
  private final Interactions interactions;
  private final BlockingCalls calls;

  Closing(TwilioCalls twilio, Interactions interactions, BlockingCalls calls) {
    this.twilio = twilio;
    this.interactions = interactions;
    this.calls = calls;
  }

  /** Closes a conversation and its interactions. Blocks; harmless if repeated. */
  void close(ConversationLink link) {
    boolean unused = link.end();
    if (link.isTidied()) {
      return;
    }
    interactions.close(link);
    if (!link.isReportedClosed()) {
      closeConversation(link);
    }
    link.tidied();
  }

  private void closeConversation(ConversationLink link) {
    try {
      twilio.closeConversation(link.sid());
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      if (!failure.isClosed() && !failure.isNotFound()) {
        throw e;
      }
    }
  }

  /** Closes a conversation that is already over, on another thread. */
  void tidyUpInBackground(ConversationLink link) {
    calls.inBackground(() -> tidyUp(link));
  }

  /** Closes a conversation that is already over; a failure is logged and retried later. Blocks. */
  void tidyUp(ConversationLink link) {
    try {
      close(link);
    } catch (TwilioException e) {
      if (unfinished.size() < REMEMBERED) {
        unfinished.put(link.name(), link);
      }
      LOG.warn("{}: not closed yet ({})", link.name(), TwilioFailure.of(e).reason());
    }
  }

  /** Retries closing what could not be closed; what Twilio refuses is left to {@link Reconciliation}. Blocks. */
  void finish() {
    for (ConversationLink link : List.copyOf(unfinished.values())) {
      try {
        close(link);
      } catch (TwilioException e) {
        TwilioFailure failure = TwilioFailure.of(e);
        LOG.debug("{}: not closed ({})", link.name(), failure.reason());
        if (failure.concernsAll()) {
          return;
        }
      }
      unfinished.remove(link.name());
    }
  }
}
