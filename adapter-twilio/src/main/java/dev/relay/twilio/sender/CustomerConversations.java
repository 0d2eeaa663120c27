package dev.relay.twilio.sender;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.twilio.conversation.CustomerConversation;
import dev.relay.twilio.wire.LruCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The known customers' conversations of a channel, by id and by the customer's address. Thread-safe; makes no calls. */
final class CustomerConversations {
  /** The number of conversations that are remembered; others are found at Twilio when needed. */
  private static final int REMEMBERED = 20_000;

  private final Map<String, CustomerConversation> bySid = LruCache.of(REMEMBERED);
  private final Map<CustomerAddress, CustomerConversation> current = LruCache.of(REMEMBERED);

  synchronized Optional<CustomerConversation> find(String sid) {
    return Optional.ofNullable(bySid.get(sid));
  }

  /** Returns the conversation in which Relay writes to the customer. */
  synchronized Optional<CustomerConversation> current(CustomerAddress address) {
    return Optional.ofNullable(current.get(address));
  }

  synchronized boolean isCurrent(CustomerConversation customer) {
    return current.get(customer.address()) == customer;
  }

  /** Remembers a conversation, in which Relay writes to the customer from now on; returns the remembered one if it is known. */
  synchronized CustomerConversation keep(CustomerConversation customer) {
    CustomerConversation known = bySid.putIfAbsent(customer.sid(), customer);
    CustomerConversation kept = known == null ? customer : known;
    current.put(kept.address(), kept);
    return kept;
  }

  /** Makes a known conversation the one in which Relay writes to the customer: they wrote there last. */
  synchronized void wroteIn(CustomerConversation customer) {
    current.put(customer.address(), customer);
  }

  /** Forgets a conversation, so that it is found again. */
  synchronized void forget(CustomerConversation customer) {
    bySid.remove(customer.sid());
    current.remove(customer.address(), customer);
  }

  synchronized List<CustomerConversation> all() {
    return new ArrayList<>(current.values());
  }
}
