package dev.relay.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A far side for tests of the kit: shows messages at places, under keys by which it knows repeats; reports what people do there; and
 * fails as it is told. Thread-safe.
 */
final class FakeMedium {
  private final Map<String, Map<String, String>> messages = new LinkedHashMap<>();
  private final Set<String> offered = new LinkedHashSet<>();
  private final List<Report> reports = new ArrayList<>();
  private final List<Consumer<Report>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger retries = new AtomicInteger();
  private Optional<FarSideTrouble> trouble = Optional.empty();

  /** Says that a listener will try something again later. */
  void retryBegins() {
    retries.incrementAndGet();
  }

  /** Says that such a retry was made or given up. */
  void retryEnds() {
    retries.decrementAndGet();
  }

  /** Checks whether nothing more will happen unless somebody makes it happen: reports are passed on at once, only retries wait. */
  boolean isQuiet() {
    return retries.get() == 0;
  }

  /** Something that a person did. */
  record Report(int index, String place, String id, String kind, String text) {}

  /** How a call fails. */
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

  synchronized void trouble(FarSideTrouble next) {
    trouble = Optional.of(next);
  }

  synchronized void repair() {
    trouble = Optional.empty();
  }

  /** Shows a message; again under the same key shows nothing more. Answers the message's id. */
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

  /** The id of the message under that key, if it is there. */
  synchronized Optional<String> find(String place, String key) throws Failure {
    act(() -> {});
    return messages.getOrDefault(place, Map.of()).containsKey(key)
        ? Optional.of(key)
        : Optional.empty();
  }

  private void act(Runnable action) throws Failure {
    boolean acts = trouble.isEmpty()
        || trouble.get() == FarSideTrouble.ANSWER_LOST
        || trouble.get() == FarSideTrouble.ANSWER_GARBLED;
    if (acts) {
      action.run();
    }
    if (trouble.isPresent()) {
      throw new Failure(trouble.get());
    }
  }

  /** Reports from now on, and those since that index. */
  void listen(int since, Consumer<Report> listener) throws Failure {
    List<Report> missed;
    synchronized (this) {
      act(() -> {});
      missed = List.copyOf(reports.subList(Math.min(since, reports.size()), reports.size()));
      listeners.add(listener);
    }
    missed.forEach(listener);
  }

  void forget(Consumer<Report> listener) {
    listeners.remove(listener);
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
    listeners.forEach(listener -> listener.accept(report));
  }

  synchronized List<String> shown(String place) {
    Collection<String> texts = messages.getOrDefault(place, Map.of()).values();
    return List.copyOf(texts);
  }

  synchronized boolean isOffered(String place) {
    return offered.contains(place);
  }
}
