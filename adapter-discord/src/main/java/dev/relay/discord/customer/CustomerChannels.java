package dev.relay.discord.customer;

import java.util.Optional;

/**
 * The Discord channel of each customer and the position up to which it has been read. It saves a request per message and shows which
 * customer a channel belongs to. Keeps the {@value #LIMIT} customers who were used last; others cost one more request. Thread-safe.
 */
public final class CustomerChannels {
  private static final int LIMIT = 50_000;

  private final LruCache<Long, ReadPosition> positions = new LruCache<>(LIMIT);
  private final LruCache<Long, Long> customers = new LruCache<>(LIMIT);
  private volatile boolean complete;

  /** Returns a customer's channel and read position, if known. */
  public Optional<ReadPosition> of(long customer) {
    return positions.get(customer);
  }

  /** Returns the customer whose direct message or thread a channel is, if known. */
  public Optional<Long> customerOf(long channel) {
    return customers.get(channel);
  }

  /** Records that a customer writes in a channel. A deletion, which names no customer, may follow before the message is stored. */
  public synchronized void recordWriter(long customer, long channel) {
    if (customers.get(channel).isEmpty()) {
      customers.put(channel, customer);
    }
  }

  /** Sets a customer's channel and read position. The position never moves back within the same channel. */
  public synchronized void put(long customer, ReadPosition position) {
    ReadPosition next = positions
        .get(customer)
        .filter(old -> old.channel() == position.channel() && old.lastSeen() > position.lastSeen())
        .orElse(position);
    positions.put(customer, next);
    customers.put(position.channel(), customer);
  }

  /** Sets a customer's channel and read position if none is known yet. */
  public synchronized void putIfAbsent(long customer, ReadPosition position) {
    if (positions.get(customer).isEmpty()) {
      put(customer, position);
    }
  }

  /** Records that all channels in the store have been loaded. */
  public void markComplete() {
    complete = true;
  }

  /** Checks whether all channels in the store have been loaded, so that an unknown customer has none there either. */
  public boolean isComplete() {
    return complete;
  }

  /** Removes a customer's channel, which no longer exists. */
  public synchronized void forget(long customer) {
    positions.get(customer).ifPresent(old -> customers.remove(old.channel()));
    positions.remove(customer);
  }
}
