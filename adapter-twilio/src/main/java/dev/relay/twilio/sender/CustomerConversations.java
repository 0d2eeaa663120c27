package dev.relay.twilio.sender;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.twilio.conversation.CustomerConversation;
import dev.relay.twilio.wire.LruCache;
import dev.relay.twilio.wire.PhoneNumber;
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
  private final Map<CustomerAddress, Boolean> optedOut = LruCache.of(REMEMBERED);
  /** The keys of customers whose number has two forms, by the usual form. */
  private final Map<String, String> keys = LruCache.of(REMEMBERED);

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

  /** Records whether a customer has opted out. */
  synchronized void optedOut(CustomerAddress address, boolean isOptedOut) {
    optedOut.put(address, isOptedOut);
  }

  synchronized boolean isOptedOut(CustomerAddress address) {
    return optedOut.getOrDefault(address, false);
  }

  /** Records the key under which Relay knows a customer. */
  synchronized void known(String key) {
    keys.put(PhoneNumber.forms(key).get(0), key);
  }

  /** Returns the key of the customer with that address: the same for each form of one number. */
  synchronized String keyOf(String address) {
    String usual = PhoneNumber.forms(address).get(0);
    return keys.getOrDefault(usual, usual);
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
