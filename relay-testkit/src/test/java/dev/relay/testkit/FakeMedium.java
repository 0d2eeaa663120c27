package dev.relay.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A far side for the tests of the kit. It shows messages at places, recognises repeats by their keys, reports what people do there, and
 * fails on request. Thread-safe.
 */
final class FakeMedium {
  private final Map<String, Map<String, String>> messages = new LinkedHashMap<>();
  private final Set<String> offered = new LinkedHashSet<>();
  private final List<Report> reports = new ArrayList<>();
  private final Map<Consumer<Report>, Runnable> connections = new ConcurrentHashMap<>();
  private final AtomicInteger retries = new AtomicInteger();
  private Optional<FarSideTrouble> trouble = Optional.empty();

  /** Notes that a listener will retry something later. */
  void retryBegins() {
    retries.incrementAndGet();
  }

  /** Notes that such a retry was made or given up. */
  void retryEnds() {
    retries.decrementAndGet();
  }

  /** Checks whether all reports have been passed on: they are passed on at once, only retries wait. */
  boolean isIdle() {
    return retries.get() == 0;
  }

  /** An act of a person. */
  record Report(int index, String place, String id, String kind, String text) {}

  /** The failure of a call. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1;

    private final FarSideTrouble trouble;

    Failure(FarSideTrouble trouble) {
      super("the medium failed: " + trouble);
      this.trouble = trouble;
    }

    FarSideTrouble trouble() {
      return trouble;
    }
  }

  /** Behaves like that from now on. A medium that becomes unreachable loses its connections at once. */
  void trouble(FarSideTrouble next) {
    synchronized (this) {
      trouble = Optional.of(next);
    }
    if (next == FarSideTrouble.UNREACHABLE) {
      List<Runnable> lost = List.copyOf(connections.values());
      connections.clear();
      lost.forEach(Runnable::run);
    }
  }

  synchronized void repair() {
    trouble = Optional.empty();
  }

  /** Shows a message unless the key was used before. Returns the message's id. */
  synchronized String show(String place, String key, String text) throws Failure {
    act(() -> messages.computeIfAbsent(place, it -> new LinkedHashMap<>()).putIfAbsent(key, text));
    return key;
  }

  synchronized void change(String place, String id, String text) throws Failure {
    act(() -> messages.getOrDefault(place, Map.of()).replace(id, text));
  }

  synchronized void remove(String place, String id) throws Failure {
    act(() -> messages.getOrDefault(place, new LinkedHashMap<>()).remove(id));
  }

  synchronized void offer(String place) throws Failure {
    act(() -> offered.add(place));
  }

  synchronized void withdraw(String place) throws Failure {
    act(() -> offered.remove(place));
  }

  /** Returns the id of the message with that key, if there is one. */
  synchronized Optional<String> find(String place, String key) throws Failure {
    act(() -> {});
    return messages.getOrDefault(place, Map.of()).containsKey(key)
        ? Optional.of(key)
        : Optional.empty();
  }

  private void act(Runnable action) throws Failure {
    boolean acts = trouble.isEmpty()
        || trouble.get() == FarSideTrouble.ANSWER_LOST
        || trouble.get() == FarSideTrouble.ANSWER_GARBLED
        || trouble.get() == FarSideTrouble.FAILS_INTERNALLY;
    if (acts) {
      action.run();
    }
    if (trouble.isPresent()) {
      throw new Failure(trouble.get());
    }
  }

  /**
   * Connects a listener.
   *
   * @param since the index after which reports are passed on
   * @param lost called when the connection is lost
   */
  void listen(int since, Consumer<Report> listener, Runnable lost) throws Failure {
    List<Report> missed;
    synchronized (this) {
      act(() -> {});
      missed = List.copyOf(reports.subList(Math.min(since, reports.size()), reports.size()));
      connections.put(listener, lost);
    }
    missed.forEach(listener);
  }

  void forget(Consumer<Report> listener) {
    connections.remove(listener);
  }

  synchronized int lastIndex() {
    return reports.size();
  }

  void happens(String place, String id, String kind, String text) {
    Report report;
    synchronized (this) {
      report = new Report(reports.size() + 1, place, id, kind, text);
      reports.add(report);
    }
    connections.keySet().forEach(listener -> listener.accept(report));
  }

  synchronized List<String> shown(String place) {
    Collection<String> texts = messages.getOrDefault(place, Map.of()).values();
    return List.copyOf(texts);
  }

  synchronized boolean isOffered(String place) {
    return offered.contains(place);
  }
}
