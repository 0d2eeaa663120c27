package dev.relay.jdbc;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.store.Transaction.Needs;
import dev.relay.jdbc.file.Session;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The conversations and customers that a session has read or saved last, and a little about lanes: a write-through cache. It is emptied at
 * the beginning of a transaction unless everything in it is certainly what the database holds: nothing was rolled back since, and no other
 * connection has written. So the session itself must change what is remembered through this cache alone. Only what exists is remembered, so
 * that a row that is missing or cannot be read is looked for each time. Not thread-safe.
 */
final class Remembered {
  /** The rows of each kind that are remembered: about 1 KB each, so that both kinds together need some 16 MB. */
  static final int MOST = 8_192;

  private final Lru<ConversationId, Conversation> conversations = new Lru<>();
  /** The conversations that are not closed, by their address. */
  private final Lru<CustomerAddress, ConversationId> active = new Lru<>();

  private final Lru<CustomerId, Customer> customers = new Lru<>();
  private final Lru<Needs.Person, CustomerId> people = new Lru<>();
  /** Lanes that had a backlog when something was last added to them. */
  private final Lru<LaneKey, PortId> busy = new Lru<>();

  /** Receipts that this transaction has looked for or written. */
  private final Map<EventKey, Optional<Receipt>> receipts = new HashMap<>();

  /** Whether any lane is parked, if that is known. */
  private Optional<Boolean> isAnyParked = Optional.empty();

  private OptionalLong lastEntry = OptionalLong.empty();
  private long rollbacks;
  private OptionalLong otherCommits = OptionalLong.empty();

  /** Begins a transaction: forgets everything that the database may hold in another form by now. */
  void begin(Session session) {
    receipts.clear();
    OptionalLong others = session.commitsOfOthers();
    if (others.isEmpty() || !others.equals(otherCommits) || session.rollbacks() != rollbacks) {
      conversations.clear();
      active.clear();
      customers.clear();
      people.clear();
      busy.clear();
      isAnyParked = Optional.empty();
      lastEntry = OptionalLong.empty();
    }
    otherCommits = others;
    rollbacks = session.rollbacks();
  }

  Optional<Conversation> conversation(ConversationId id) {
    return Optional.ofNullable(conversations.get(id));
  }

  Optional<Conversation> active(CustomerAddress address) {
    return Optional.ofNullable(active.get(address))
        .flatMap(this::conversation)
        .filter(it -> it.state() != ConversationState.CLOSED && it.address().equals(address));
  }

  /** Remembers a conversation as the database holds it now. */
  Conversation remember(Conversation conversation) {
    conversations.put(conversation.id(), conversation);
    if (conversation.state() == ConversationState.CLOSED) {
      active.remove(conversation.address(), conversation.id());
    } else {
      active.put(conversation.address(), conversation.id());
    }
    return conversation;
  }

  Optional<Customer> customer(CustomerId id) {
    return Optional.ofNullable(customers.get(id));
  }

  Optional<Customer> customer(PortId channel, String externalId) {
    return Optional.ofNullable(people.get(new Needs.Person(channel, externalId)))
        .flatMap(this::customer)
        .filter(it -> it.channel().equals(channel) && it.externalId().equals(externalId));
  }

  /** Remembers a customer as the database holds it now. */
  Customer remember(Customer customer) {
    customers.put(customer.id(), customer);
    people.put(new Needs.Person(customer.channel(), customer.externalId()), customer.id());
    return customer;
  }

  /** Returns the receipt of an event; empty if the database must be asked, and a present empty value if the event was not applied. */
  Optional<Optional<Receipt>> receipt(EventKey key) {
    return Optional.ofNullable(receipts.get(key));
  }

  /** Remembers the receipt of an event, or that it was not applied, for the rest of the transaction. */
  void receipt(EventKey key, Optional<Receipt> receipt) {
    receipts.put(key, receipt);
  }

  void forgetReceipts() {
    receipts.clear();
  }

  /** Returns the greatest id of an entry; empty if the database must be asked. */
  OptionalLong lastEntry() {
    return lastEntry;
  }

  void lastEntry(long id) {
    lastEntry = OptionalLong.of(id);
  }

  /** Checks whether a lane probably has a backlog that this port delivers. Only a guess: the statement that relies on it checks it. */
  boolean isProbablyBusy(LaneKey lane, PortId port) {
    return port.equals(busy.get(lane));
  }

  void isBusy(LaneKey lane, PortId port) {
    busy.put(lane, port);
  }

  void isIdle(LaneKey lane) {
    busy.remove(lane);
  }

  /** Returns whether any lane is parked; empty if the database must be asked. */
  Optional<Boolean> isAnyParked() {
    return isAnyParked;
  }

  void isAnyParked(boolean any) {
    isAnyParked = Optional.of(any);
  }

  /** Records that a lane is parked no longer: others may be. */
  void unparked() {
    isAnyParked = Optional.empty();
  }

  /** A map of the entries that were used last. */
  private static final class Lru<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private Lru() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > MOST;
    }
  }
}
