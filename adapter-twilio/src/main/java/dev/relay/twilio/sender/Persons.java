package dev.relay.twilio.sender;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.twilio.conversation.Person;
import dev.relay.twilio.wire.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The persons that a channel knows, by their Twilio conversations and by their addresses. Thread-safe; makes no calls. */
final class Persons {
  /** How many are remembered; what is forgotten is found at Twilio when it is needed. */
  private static final int REMEMBERED = 20_000;

  private final Map<String, Person> bySid = Memory.of(REMEMBERED);
  private final Map<CustomerAddress, Person> current = Memory.of(REMEMBERED);

  synchronized Optional<Person> find(String sid) {
    return Optional.ofNullable(bySid.get(sid));
  }

  /** The conversation in which the person is written to. */
  synchronized Optional<Person> current(CustomerAddress address) {
    return Optional.ofNullable(current.get(address));
  }

  synchronized boolean isCurrent(Person person) {
    return current.get(person.address()) == person;
  }

  /** Remembers a conversation, if it is new; in that one the person is written to from now on. Answers what is remembered. */
  synchronized Person keep(Person person) {
    Person known = bySid.putIfAbsent(person.sid(), person);
    Person kept = known == null ? person : known;
    current.put(kept.address(), kept);
    return kept;
  }

  /** As if it had never been met: it is found again. */
  synchronized void forget(Person person) {
    bySid.remove(person.sid());
    current.remove(person.address(), person);
  }

  synchronized List<Person> all() {
    return new ArrayList<>(current.values());
  }
}
