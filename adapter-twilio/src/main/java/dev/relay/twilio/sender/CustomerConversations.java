package dev.relay.twilio.sender;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.twilio.conversation.CustomerConversation;
import dev.relay.twilio.wire.LruCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The customers that a channel knows, by their Twilio conversations and by their addresses. Thread-safe; makes no calls. */
final class CustomerConversations {
  /** How many are remembered; what is forgotten is found at Twilio when it is needed. */
  private static final int REMEMBERED = 20_000;

  private final Map<String, CustomerConversation> bySid = LruCache.of(REMEMBERED);
  private final Map<CustomerAddress, CustomerConversation> current = LruCache.of(REMEMBERED);

  synchronized Optional<CustomerConversation> find(String sid) {
    return Optional.ofNullable(bySid.get(sid));
  }

  /** The conversation in which the customer is written to. */
  synchronized Optional<CustomerConversation> current(CustomerAddress address) {
    return Optional.ofNullable(current.get(address));
  }

  synchronized boolean isCurrent(CustomerConversation customer) {
    return current.get(customer.address()) == customer;
  }

  /** Remembers a conversation, if it is new; in that one the customer is written to from now on. Answers what is remembered. */
  synchronized CustomerConversation keep(CustomerConversation customer) {
    CustomerConversation known = bySid.putIfAbsent(customer.sid(), customer);
    CustomerConversation kept = known == null ? customer : known;
    current.put(kept.address(), kept);
    return kept;
  }

  /** As if it had never been met: it is found again. */
  synchronized void forget(CustomerConversation customer) {
    bySid.remove(customer.sid());
    current.remove(customer.address(), customer);
  }

  synchronized List<CustomerConversation> all() {
    return new ArrayList<>(current.values());
  }
}
