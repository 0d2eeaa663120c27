package dev.relay.twilio.sender;

import com.twilio.exception.TwilioException;
import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.message.Participant;
import dev.relay.twilio.conversation.CustomerConversation;
import dev.relay.twilio.conversation.MessageLog;
import dev.relay.twilio.conversation.MessageParts;
import dev.relay.twilio.conversation.MessagePoster;
import dev.relay.twilio.conversation.ShortTexts;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.ErrorTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Delivers messages to customers by a sender. Thread-safe; blocks. */
final class SenderDeliveries {
  private final CustomerFinder finder;
  private final CustomerReading reading;
  private final CustomerReports reports;
  private final MessagePoster poster;
  private final TwilioConnection connection;

  SenderDeliveries(
      CustomerFinder finder,
      CustomerReading reading,
      CustomerReports reports,
      MessagePoster poster,
      TwilioConnection connection) {
    this.finder = finder;
    this.reading = reading;
    this.reports = reports;
    this.poster = poster;
    this.connection = connection;
  }

  /** Makes one attempt at a delivery. */
  DeliveryResult attempt(Delivery delivery) {
    if (!(delivery.what() instanceof Outbound.Message message)) {
      return new DeliveryResult.Rejected(
          DeliveryResult.Reason.words(DeliveryResult.Reason.Code.UNCHANGEABLE));
    }
    List<MessageParts.Part> parts = ShortTexts.of(message);
    if (parts.isEmpty()) {
      return DeliveryResult.delivered();
    }
    CustomerConversation customer = finder.findOrMake(delivery.to(), delivery.id());
    try {
      return post(customer, delivery, message, parts);
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      if (!failure.isClosed() && !failure.isNotFound()) {
        throw e;
      }
      customer.close();
    }
    CustomerConversation next = finder.findOrMake(delivery.to(), delivery.id());
    carryOver(customer, next, delivery.id().value());
    return post(next, delivery, message, parts);
  }

  private DeliveryResult post(
      CustomerConversation customer,
      Delivery delivery,
      Outbound.Message message,
      List<MessageParts.Part> parts) {
    if (!customer.isPlaced()) {
      // It was found and could not be read yet: a message posted now would look like the answer.
      reading.found(customer);
    }
    String author = author(message.author().role());
    Consent before = reading.consent(customer.address());
    try {
      DeliveryResult result = poster.post(
          customer,
          delivery.id().value(),
          author,
          parts,
          delivery.attempt() > 1,
          new MessagePoster.Missing(
              delivery.locale(),
              (id, part, file, reason) ->
                  reports.leftOut(customer, id + "/" + part, file, reason)));
      customer.stirred(connection.clock().instant());
      return result;
    } catch (TwilioException e) {
      if (TwilioFailure.of(e).code() == ErrorTable.OPTED_OUT) {
        var unused = reading.refused(customer, before);
      }
      throw e;
    }
  }

  /** Returns the author, as Twilio's console shows it: never an address, which would make the message the customer's own. */
  private static String author(Participant.Role role) {
    return "relay-" + role.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Looks for a delivery whose outcome is unknown. */
  LookUp lookUp(Delivery delivery) {
    if (!(delivery.what() instanceof Outbound.Message message)) {
      return new LookUp.NotFound();
    }
    List<MessageParts.Part> parts = ShortTexts.of(message);
    if (parts.isEmpty()) {
      return new LookUp.NotFound();
    }
    String id = delivery.id().value();
    Optional<CustomerConversation> current = finder.find(delivery.to());
    LookUp here = current
        .map(customer -> poster.lookUp(customer, id, parts.size()))
        .orElseGet(LookUp.NotFound::new);
    return here instanceof LookUp.NotFound
        ? before(delivery, current, parts.size()).orElse(here)
        : here;
  }

  /** Looks in earlier conversations. Parts of the delivery that were already posted there must not be sent again. */
  private Optional<LookUp> before(
      Delivery delivery, Optional<CustomerConversation> current, int parts) {
    String id = delivery.id().value();
    for (CustomerConversation customer : finder.before(delivery.to(), current)) {
      LookUp there = poster.lookUp(customer, id, parts);
      if (!(there instanceof LookUp.NotFound)) {
        return Optional.of(there);
      }
      current.ifPresent(next -> carryOver(customer, next, id));
    }
    return Optional.empty();
  }

  private static void carryOver(
      CustomerConversation from, CustomerConversation to, String delivery) {
    from.parts(delivery)
        .forEach((part, sid) ->
            to.posted(delivery, part, new TwilioCalls.Posted(sid, MessageLog.ELSEWHERE)));
  }
}
