package dev.relay.twilio.flex;

import com.twilio.exception.TwilioException;
import dev.relay.twilio.conversation.Link;
import dev.relay.twilio.rest.FlexCalls;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.ConversationName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends things at Twilio in the right order: the interaction's channel, which ends tasks, then the conversation. Thread-safe. */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  /** What is forgotten is found again by {@link Reconciliation}. */
  private static final int REMEMBERED = 1_000;

  private final Map<ConversationName, Link> unfinished = new ConcurrentHashMap<>();
  private final TwilioCalls twilio;
  private final FlexCalls flex;
  private final Handoffs handoffs;

  Closing(TwilioCalls twilio, FlexCalls flex, Handoffs handoffs) {
    this.twilio = twilio;
    this.flex = flex;
    this.handoffs = handoffs;
  }

  /** Closes both; harmless if repeated. */
  void close(Link link) {
    boolean unused = link.end();
    handoffs.places(link).forEach(this::closeChannel);
    try {
      twilio.closeConversation(link.sid());
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      if (!failure.isClosed() && !failure.isNotFound()) {
        throw e;
      }
    }
  }

  private void closeChannel(FlexCalls.Place place) {
    place
        .channel()
        .or(() ->
            flex.channel(place.sid()).filter(FlexCalls.Channel::open).map(FlexCalls.Channel::sid))
        .ifPresent(channel -> flex.closeChannel(place.sid(), channel));
  }

  /** Closes what is over already; where that fails, it is tried again later. */
  void tidyUp(Link link) {
    try {
      close(link);
    } catch (TwilioException e) {
      if (unfinished.size() < REMEMBERED) {
        unfinished.put(link.name(), link);
      }
      LOG.warn("{}: not closed yet ({})", link.name(), TwilioFailure.of(e).reason());
    }
  }

  /** Tries again what could not be closed; what Twilio refuses is left to {@link Reconciliation}. */
  void finish() {
    for (Link link : List.copyOf(unfinished.values())) {
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
