package dev.relay.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Messages on their way from one side to the other: when each was offered and when it arrived. Thread-safe. */
final class Passage {
  private static final long PATIENCE_SECONDS = 60;

  private final Map<String, Offer> offers = new ConcurrentHashMap<>();
  private final Queue<Offer> offered = new ConcurrentLinkedQueue<>();
  private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
  private final Semaphore arrived = new Semaphore(0);

  private record Offer(int customer, String text, long at) {}

  private record Arrival(Offer offer, long at) {}

  /**
   * The result of a measurement.
   *
   * @param perSecond messages per second, from the first offer to the last arrival
   * @param messages the number of messages
   * @param p50 the median time from offer to arrival, in milliseconds
   * @param p99 the time that 99 of 100 messages did not exceed, in milliseconds
   * @param outOfOrder the number of customers' messages did not arrive in the order of their offers
   */
  record Result(double perSecond, int messages, double p50, double p99, int outOfOrder) {}

  /** Records that a message is about to be offered; its text is unique. */
  void offer(int customer, String text) {
    Offer offer = new Offer(customer, text, System.nanoTime());
    offers.put(text, offer);
    offered.add(offer);
  }

  /** Records that a message arrived; messages that were not offered are not counted. */
  void arrived(String text) {
    Offer offer = offers.get(text);
    if (offer != null) {
      arrivals.add(new Arrival(offer, System.nanoTime()));
      arrived.release();
    }
  }

  /** Waits for all offered messages; fails if one is lost or duplicated. */
  Result finished() throws InterruptedException {
    int count = offered.size();
    boolean all = arrived.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!all || arrivals.stream().map(Arrival::offer).distinct().count() != count) {
      throw new IllegalStateException(
          "offered " + count + " messages, arrived " + arrivals.size() + ": lost or doubled");
    }
    long begin = offered.stream().mapToLong(Offer::at).min().orElse(0);
    long end = arrivals.stream().mapToLong(Arrival::at).max().orElse(begin);
    long[] times =
        arrivals.stream().mapToLong(it -> it.at() - it.offer().at()).sorted().toArray();
    return new Result(
        count * 1e9 / (end - begin), count, Load.at(times, 0.50), Load.at(times, 0.99), disorder());
  }

  private int disorder() {
    Map<Integer, List<Offer>> wanted = new HashMap<>();
    offered.forEach(
        it -> wanted.computeIfAbsent(it.customer(), unused -> new ArrayList<>()).add(it));
    Map<Integer, List<Offer>> seen = new HashMap<>();
    arrivals.forEach(it ->
        seen.computeIfAbsent(it.offer().customer(), unused -> new ArrayList<>()).add(it.offer()));
    return (int) wanted.entrySet().stream()
        .filter(it -> !it.getValue().equals(seen.get(it.getKey())))
        .count();
  }
}
