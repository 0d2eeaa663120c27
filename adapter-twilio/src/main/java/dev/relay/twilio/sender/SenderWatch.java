package dev.relay.twilio.sender;

import com.twilio.exception.TwilioException;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.conversation.CustomerConversation;
import dev.relay.twilio.port.TwilioPort;
import dev.relay.twilio.port.Watched;
import dev.relay.twilio.rest.SenderCalls;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.LruCache;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds messages that customers wrote while Relay was not running, or whose webhooks were lost. Used by one thread; blocks. */
final class SenderWatch implements Watched {
  private static final Logger LOG = LoggerFactory.getLogger(SenderWatch.class);
  /** How far back conversations of unknown customers are searched: a long weekend. */
  private static final Duration LOOKS_BACK = Duration.ofDays(3);

  /** The most unknown conversations that one look reads, so that it makes few calls; the next look continues. */
  private static final int MAX_STRANGERS = 500;

  /** An unknown customer whose first webhook is lost is found after that many rounds: five minutes with a round every 30 s. */
  private static final int STRANGERS_EACH = 10;

  /** Twilio adds the customer a moment after it makes the conversation: only a second look shows that it has no customer of this sender. */
  private static final int LOOKS = 2;

  /** The number of remembered conversations without a customer of this sender. */
  private static final int REMEMBERED = 20_000;

  private final TwilioPort port;
  private final CustomerConversations customers;
  private final KnownCustomers known;
  private final TwilioConnection connection;
  private final SenderCalls calls;
  private final CustomerReading reading;
  private final Map<String, Integer> looksWithoutCustomer = LruCache.of(REMEMBERED);
  private int rounds;

  SenderWatch(
      TwilioPort port,
      CustomerConversations customers,
      KnownCustomers known,
      TwilioConnection connection,
      TwilioSender.Medium medium,
      CustomerReading reading) {
    this.port = port;
    this.customers = customers;
    this.known = known;
    this.connection = connection;
    this.calls = connection.sender(medium);
    this.reading = reading;
  }

  /** Continues where Relay was, then looks for unknown conversations. */
  @Override
  public void recover() {
    port.intake().ifPresent(this::recoverKnown);
    findStrangers();
  }

  /** Continues at the kept read positions: one call per customer. */
  private void recoverKnown(Intake intake) {
    for (ChannelPosition kept : intake.positions(port.id())) {
      Optional<ReadPosition> position = ReadPosition.parse(kept.position());
      known.recall(kept);
      if (position.isPresent()
          && customers.find(position.get().sid()).isEmpty()
          && customers.current(kept.address()).isEmpty()) {
        CustomerConversation customer = new CustomerConversation(
            position.get().sid(), kept.address(), connection.clock().instant());
        customer.place(position.get().index() + 1);
        reading.readByWatch(customers.keep(customer), false);
      }
    }
  }

  /**
   * Finds customers who wrote for the first time, or returned in a new conversation, and whose webhook was lost: one call per hundred
   * open conversations, and two for each that is unknown to Relay. A conversation without a customer of this sender is read twice and
   * then remembered.
   */
  private void findStrangers() {
    if (!calls.namesItsSenders()) {
      // An address of the account may serve another program in the same service: only its webhooks
      // show whose it is.
      return;
    }
    LocalDate since =
        LocalDate.ofInstant(connection.clock().instant().minus(LOOKS_BACK), ZoneOffset.UTC);
    List<String> unknown = calls.openSince(since).stream()
        .filter(sid -> customers.find(sid).isEmpty())
        .filter(sid -> looksWithoutCustomer.getOrDefault(sid, 0) < LOOKS)
        .sorted(Comparator.comparing(sid -> looksWithoutCustomer.getOrDefault(sid, 0)))
        .toList();
    if (unknown.size() > MAX_STRANGERS) {
      LOG.info(
          "{}: of {} unknown open conversations {} are read now, the others later",
          port.id(),
          unknown.size(),
          MAX_STRANGERS);
    }
    for (String sid : unknown.subList(0, Math.min(MAX_STRANGERS, unknown.size()))) {
      Optional<String> address = customerIn(sid);
      if (address.isPresent()) {
        CustomerAddress at = known.of(address.get());
        reading.readByWatch(
            customers.keep(new CustomerConversation(sid, at, connection.clock().instant())), true);
      } else {
        looksWithoutCustomer.merge(sid, 1, Integer::sum);
      }
    }
  }

  /** Finds the customer in a conversation; empty also if Twilio refuses, so that one deleted conversation does not delay the others. */
  private Optional<String> customerIn(String sid) {
    try {
      return calls.customerIn(sid);
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      if (failure.concernsAll()) {
        throw e;
      }
      LOG.debug("conversation {}: not read: {}", sid, failure.reason());
      return Optional.empty();
    }
  }

  /** Reads silent conversations, and now and then looks for unknown ones. */
  @Override
  public void round() {
    look();
    rounds++;
    if (rounds % STRANGERS_EACH == 0) {
      findStrangers();
    }
  }

  /** Reads silent conversations, three times each: the last webhook may be lost. */
  private void look() {
    for (CustomerConversation customer : customers.all()) {
      if (customer.isTimeToLook(
          connection.clock().instant(), connection.limits().watchEvery())) {
        reading.readByWatch(customer, false);
      }
    }
  }
}
