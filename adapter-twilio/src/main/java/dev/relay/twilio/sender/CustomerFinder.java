package dev.relay.twilio.sender;

import com.twilio.exception.TwilioException;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.DeliveryId;
import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.conversation.CustomerConversation;
import dev.relay.twilio.rest.SenderCalls;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.rest.TwilioNotReachedException;
import dev.relay.twilio.wire.Marks;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Finds the Twilio conversation in which Relay writes to a customer: a remembered one, else the newest at Twilio, else a new one. Each
 * step can be repeated: what an earlier attempt has made is found by its name. Thread-safe; blocks.
 */
final class CustomerFinder {
  /** The most names that one delivery tries: a closed conversation keeps its name. */
  private static final int MAX_GENERATION = 20;

  /** No conversation is closed more than once or twice between an attempt and its retry. */
  private static final int CONVERSATIONS_IN_DOUBT = 3;

  private static final int LOCKS = 64;

  private final CustomerConversations customers;
  private final SenderCalls calls;
  private final TwilioCalls twilio;
  private final InstantSource clock;
  private final String webhookUrl;
  private final CustomerListener listener;
  private final Object[] locks = new Object[LOCKS];

  /**
   * Creates a finder; makes no calls.
   *
   * @param customers remembers what was found
   * @param connection the account
   * @param medium the medium in which the customers have conversations
   * @param listener is notified of conversations that Relay made or found
   */
  CustomerFinder(
      CustomerConversations customers,
      TwilioConnection connection,
      TwilioSender.Medium medium,
      CustomerListener listener) {
    this.customers = customers;
    this.calls = connection.sender(medium);
    this.twilio = connection.conversations();
    this.clock = connection.clock();
    this.webhookUrl = medium.webhookUrl(connection.settings().publicUrl());
    this.listener = listener;
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new Object();
    }
  }

  /** Returns the customer's conversation; no call if it is remembered, else one or more. Makes no conversation. */
  Optional<CustomerConversation> find(CustomerAddress address) {
    Optional<CustomerConversation> known = customers.current(address).filter(it -> !it.isClosed());
    return known.isPresent() ? known : search(address);
  }

  /** Returns the customer's earlier conversations, newest first: a delivery in doubt may have gone there. Up to three calls. */
  List<CustomerConversation> before(
      CustomerAddress address, Optional<CustomerConversation> current) {
    return calls.newest(address.key(), CONVERSATIONS_IN_DOUBT).stream()
        .filter(sid -> current.filter(it -> it.sid().equals(sid)).isEmpty())
        .map(sid -> customers
            .find(sid)
            .orElseGet(() -> new CustomerConversation(sid, address, clock.instant())))
        .toList();
  }

  /** Returns the customer's conversation, or makes one. */
  CustomerConversation findOrMake(CustomerAddress address, DeliveryId delivery) {
    // Two of Relay's conversations at one address may deliver at the same time.
    synchronized (locks[Math.floorMod(address.hashCode(), LOCKS)]) {
      return find(address).orElseGet(() -> make(address, delivery));
    }
  }

  private Optional<CustomerConversation> search(CustomerAddress address) {
    return calls
        .newestOpen(address.key())
        .filter(
            sid -> customers.find(sid).filter(CustomerConversation::isClosed).isEmpty())
        .map(sid -> adopt(sid, address));
  }

  /** Continues in a conversation that Relay did not make, after making sure that its webhook leads to Relay. */
  private CustomerConversation adopt(String sid, CustomerAddress address) {
    addWebhookIfMissing(sid);
    CustomerConversation customer =
        customers.keep(new CustomerConversation(sid, address, clock.instant()));
    listener.found(customer);
    return customer;
  }

  private void addWebhookIfMissing(String sid) {
    if (!twilio.webhookUrls(sid).contains(webhookUrl)) {
      calls.addWebhook(sid);
    }
  }

  private CustomerConversation make(CustomerAddress address, DeliveryId delivery) {
    String sid = create(delivery);
    // The webhook first: from the moment the customer is in the conversation, their messages must
    // come
    // here.
    addWebhookIfMissing(sid);
    try {
      calls.add(sid, address.key());
    } catch (TwilioException e) {
      if (!TwilioFailure.of(e).isParticipantThere()) {
        throw e;
      }
      Optional<String> other = calls.newestOpen(address.key());
      if (other.filter(sid::equals).isEmpty()) {
        // The customer has written meanwhile, which made another conversation. Twilio's lists may
        // not
        // show it yet: then the next attempt finds it.
        twilio.closeConversation(sid);
        return adopt(other.orElseThrow(() -> e), address);
      }
    }
    CustomerConversation customer = new CustomerConversation(sid, address, clock.instant());
    customer.place(0);
    CustomerConversation kept = customers.keep(customer);
    listener.made(kept);
    return kept;
  }

  private String create(DeliveryId delivery) {
    for (int generation = 1; generation <= MAX_GENERATION; generation++) {
      String name = "relay-person-" + delivery + "-" + generation;
      try {
        return calls.create(name, Marks.of(delivery.value(), 1, 1));
      } catch (TwilioException e) {
        if (TwilioFailure.of(e).code() != TwilioFailure.NAME_TAKEN) {
          throw e;
        }
        Optional<TwilioCalls.Found> before = twilio.conversation(name);
        if (before.isPresent() && !before.get().closed()) {
          return before.get().sid();
        }
      }
    }
    throw new TwilioNotReachedException(
        "the conversation was closed again and again", new IllegalStateException("closed"));
  }
}
