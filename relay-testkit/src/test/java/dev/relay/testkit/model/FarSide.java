package dev.relay.testkit.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The far side: how often each message has arrived, counted to 2.
 *
 * @param arrived for each message how often it has arrived
 * @param missed for each message whether an instance has looked for it without finding it
 */
record FarSide(List<Integer> arrived, List<Boolean> missed) {

  static FarSide empty(int messages) {
    return new FarSide(
        Collections.nCopies(messages, 0), Collections.nCopies(messages, Boolean.FALSE));
  }

  boolean has(int message) {
    return arrived.get(message - 1) > 0;
  }

  boolean wasMissed(int message) {
    return missed.get(message - 1);
  }

  boolean hasAnyAfter(int message) {
    return arrived.subList(message, arrived.size()).stream().anyMatch(it -> it > 0);
  }

  boolean hasAllUntil(int message) {
    return arrived.subList(0, message).stream().allMatch(it -> it > 0);
  }

  boolean hasRepeat() {
    return arrived.contains(2);
  }

  FarSide afterArrivalOf(int message) {
    List<Integer> next = new ArrayList<>(arrived);
    next.set(message - 1, Math.min(2, arrived.get(message - 1) + 1));
    return new FarSide(List.copyOf(next), missed);
  }

  FarSide afterMissing(int message) {
    List<Boolean> next = new ArrayList<>(missed);
    next.set(message - 1, true);
    return new FarSide(arrived, List.copyOf(next));
  }

  void print(StringBuilder out) {
    for (int each = 0; each < arrived.size(); each++) {
      out.append((char) ('0' + arrived.get(each) * 2 + (missed.get(each) ? 1 : 0)));
    }
  }
}
