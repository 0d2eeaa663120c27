package dev.relay.twilio;

import com.twilio.exception.TwilioException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends things at Twilio in the right order: the interaction's channel, which ends tasks, then the conversation. Thread-safe. */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

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

  /** Closes what is over already; where that fails, Twilio's own timers close it. */
  void tidyUp(Link link) {
    try {
      close(link);
    } catch (TwilioException e) {
      LOG.warn(
          "{}: not closed ({}); Twilio's timers will close it",
          link.name(),
          TwilioFailure.of(e).reason());
    }
  }
}
