package dev.relay.twilio.flex;

import com.twilio.exception.TwilioException;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.message.Participant;
import dev.relay.twilio.conversation.ConversationFinder;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.conversation.MessageParts;
import dev.relay.twilio.conversation.MessagePoster;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.CustomerIdentity;
import java.util.Optional;

/** Delivers to Flex: handoffs, the customer's messages and their changes, and the end of a conversation. Thread-safe; blocks. */
final class FlexDeliveries {
  private final ConversationFinder finder;
  private final Handoffs handoffs;
  private final MessagePoster poster;
  private final Closing closing;
  private final EndingReports endings;
  private final DeskReporter reporter;

  FlexDeliveries(
      ConversationFinder finder,
      Handoffs handoffs,
      MessagePoster poster,
      Closing closing,
      EndingReports endings,
      DeskReporter reporter) {
    this.finder = finder;
    this.handoffs = handoffs;
    this.poster = poster;
    this.closing = closing;
    this.endings = endings;
    this.reporter = reporter;
  }

  /** Makes one attempt at a delivery. */
  DeliveryResult attempt(DeskDelivery delivery) {
    DeskOutbound what = delivery.what();
    if (what instanceof DeskOutbound.Handoff handoff) {
      return handoffs.deliver(delivery, handoff);
    }
    Optional<ConversationLink> link = finder.current(delivery.conversation());
    if (what instanceof DeskOutbound.Message message) {
      return link.isEmpty()
          ? new DeliveryResult.Rejected("Twilio has no such conversation")
          : post(link.get(), delivery, message);
    }
    if (link.isPresent()) {
      if (what instanceof DeskOutbound.Edit edit) {
        edit.externalId().ifPresent(id -> poster.change(link.get(), id, edit.text()));
      } else if (what instanceof DeskOutbound.Delete delete) {
        delete.externalId().ifPresent(id -> poster.delete(link.get(), id));
      } else {
        closing.close(link.get());
      }
    }
    return DeliveryResult.delivered();
  }

  private DeliveryResult post(
      ConversationLink link, DeskDelivery delivery, DeskOutbound.Message message) {
    Participant author = message.author();
    String name = author.role() == Participant.Role.CUSTOMER
        ? CustomerIdentity.of(author.id())
        : Participant.RELAY.displayName();
    try {
      return poster.post(
          link,
          delivery.id().value(),
          name,
          MessageParts.of(message.body()),
          delivery.attempt() > 1);
    } catch (TwilioException e) {
      if (TwilioFailure.of(e).isClosed()) {
        return lost(link, "the Twilio conversation was closed");
      }
      if (handoffs.isDeleted(link, e)) {
        return lost(link, "the Twilio conversation was deleted");
      }
      throw e;
    }
  }

  /**
   * Reports that a Twilio conversation can no longer be used, unless that is already known. The customer then waits again, and the next handoff
   * shows the message with the whole transcript; a closed conversation is never used again.
   */
  private DeliveryResult lost(ConversationLink link, String reason) {
    if (link.isOver()) {
      return reporter.isHere(link.name().conversation())
          ? DeliveryResult.retryLater("its end is being stored")
          : new DeliveryResult.Rejected(
              DeliveryResult.Reason.words(DeliveryResult.Reason.Code.OVER));
    }
    return endings.isDeclined(link, "closed:" + link.name(), reason)
        ? DeliveryResult.delivered()
        : DeliveryResult.retryLater("its end is not stored yet");
  }

  /** Closes the conversation of a Studio handoff that is given up: it asks for agents, and the virtual agent continues in the next. */
  void closeIfGivenUp(DeskDelivery delivery, DeliveryResult result) {
    boolean isGivenUp = handoffs.usesStudio()
        && result instanceof DeliveryResult.Rejected
        && delivery.what() instanceof DeskOutbound.Handoff;
    if (isGivenUp) {
      finder
          .known(delivery.conversation())
          .filter(ConversationLink::isUsable)
          .ifPresent(closing::tidyUp);
    }
  }

  /** Looks for a delivery whose outcome is unknown. */
  LookUp lookUp(DeskDelivery delivery) {
    if (delivery.what() instanceof DeskOutbound.Handoff) {
      return handoffs.lookUp(delivery);
    }
    if (delivery.what() instanceof DeskOutbound.Message message) {
      int parts = MessageParts.of(message.body()).size();
      return finder
          .current(delivery.conversation())
          .map(link -> poster.lookUp(link, delivery.id().value(), parts))
          .orElseGet(LookUp.NotFound::new);
    }
    // Repeating an edit, a deletion or an end is harmless.
    return new LookUp.NotFound();
  }
}
