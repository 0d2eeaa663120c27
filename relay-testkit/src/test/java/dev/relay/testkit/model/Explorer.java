package dev.relay.testkit.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A search of every state that the model can reach, nearest first, so that the first violation has the shortest history. States with the same
 * print are the same state. Deterministic. Used by one thread.
 */
final class Explorer {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final ArrayDeque<LaneState> open = new ArrayDeque<>();
  /** The number of the state before each state, and the step from there. */
  private final List<Integer> before = new ArrayList<>();

  private final List<String> steps = new ArrayList<>();
  /** For each state the states from which a step that is no failure leads to it. */
  private final List<List<Integer>> sources = new ArrayList<>();

  private final BitSet ends = new BitSet();
  private long transitions;
  private int repeated = -1;

  private Explorer() {}

  /**
   * The result of a search.
   *
   * @param states number of states
   * @param transitions number of steps between them
   * @param violation the nearest violation; empty if there is none
   * @param repeat the shortest history in which a message arrives twice without a violation; empty if there is none
   */
  record Result(int states, long transitions, Optional<Violation> violation, List<String> repeat) {}

  /**
   * A broken invariant.
   *
   * @param invariant the invariant
   * @param history the steps that lead to it, one per line
   */
  record Violation(Invariant invariant, List<String> history) {

    @Override
    public String toString() {
      return invariant + " fails after " + history.size() + " steps:" + System.lineSeparator()
          + "  " + String.join(System.lineSeparator() + "  ", history);
    }
  }

  static Result explore(LaneModel model) {
    return new Explorer().run(model);
  }

  private Result run(LaneModel model) {
    add(model.begin(), -1, "");
    for (int number = 0; !open.isEmpty(); number++) {
      for (LaneModel.Step step : model.steps(open.remove())) {
        transitions++;
        if (step.broken().isPresent()) {
          List<String> history = history(number);
          history.add(step.name());
          return result(Optional.of(new Violation(step.broken().get(), history)));
        }
        int next = add(step.next(), number, step.name());
        if (!step.isFailure()) {
          sources.get(next).add(number);
        }
      }
    }
    return result(stuck().map(it -> new Violation(Invariant.LANE_BECOMES_EMPTY, history(it))));
  }

  private Result result(Optional<Violation> violation) {
    return new Result(
        numbers.size(), transitions, violation, repeated < 0 ? List.of() : history(repeated));
  }

  private int add(LaneState state, int from, String step) {
    String print = state.print();
    @Nullable Integer known = numbers.get(print);
    if (known != null) {
      return known;
    }
    int number = numbers.size();
    numbers.put(print, number);
    open.add(state);
    before.add(from);
    steps.add(step);
    sources.add(new ArrayList<>(4));
    ends.set(number, state.isEnd());
    if (repeated < 0 && state.farSide().hasRepeat()) {
      repeated = number;
    }
    return number;
  }

  private List<String> history(int number) {
    List<String> history = new ArrayList<>();
    for (int each = number; before.get(each) >= 0; each = before.get(each)) {
      history.add(steps.get(each));
    }
    Collections.reverse(history);
    return history;
  }

  /** Returns the nearest state from which the end cannot be reached unless something fails. */
  private Optional<Integer> stuck() {
    BitSet reaching = (BitSet) ends.clone();
    ArrayDeque<Integer> next = new ArrayDeque<>();
    ends.stream().forEach(next::add);
    while (!next.isEmpty()) {
      for (int source : sources.get(next.remove())) {
        if (!reaching.get(source)) {
          reaching.set(source);
          next.add(source);
        }
      }
    }
    int first = reaching.nextClearBit(0);
    return first < numbers.size() ? Optional.of(first) : Optional.empty();
  }
}
