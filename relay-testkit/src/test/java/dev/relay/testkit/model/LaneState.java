package dev.relay.testkit.model;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.Settled;
import dev.relay.core.store.Lane.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A state of the model. Never changed: a step that writes makes a copy of the store first.
 *
 * @param store the real store
 * @param lane what the store has of the lane
 * @param now the time, in halves of a lease
 * @param instances the instances
 * @param calls the calls that are on their way to the far side
 * @param farSide the far side
 */
record LaneState(
    MemoryStore store,
    LaneView lane,
    int now,
    List<Instance> instances,
    List<Call> calls,
    FarSide farSide) {
  static final LaneKey KEY = new LaneKey(new ConversationId(1), Destination.CUSTOMER);
  static final PortId PORT = new PortId("channel");
  private static final Instant BEGIN = Instant.parse("2026-11-30T12:00:00Z");
  private static final int LONG_AFTER = 3_600;
  private static final int NEVER = -1;

  /** Returns the moment of a time of the model. The length of a lease does not matter to the store. */
  static Instant at(int time) {
    return BEGIN.plusSeconds(time);
  }

  /**
   * A call on its way to the far side.
   *
   * @param caller the instance that waits for the answer; {@link #NOBODY} if none does
   * @param message the message
   */
  record Call(int caller, int message) {
    static final int NOBODY = -1;

    Call abandoned() {
      return new Call(NOBODY, message);
    }
  }

  /**
   * What the store has of the lane.
   *
   * @param last the number of messages
   * @param done the number of those that are done
   * @param ready when it is due, or its lease ends; negative if it is empty
   * @param held whether it is held under its present epoch
   * @param inDoubt whether its head is in doubt, a lost claim apart
   */
  record LaneView(int last, int done, int ready, boolean held, boolean inDoubt) {
    static final LaneView NONE = new LaneView(0, 0, NEVER, false, false);

    /** Observes the lane through the store's port alone, in a copy of the store. */
    static LaneView of(MemoryStore store) {
      Optional<Lane> found = store.read(queries -> queries.lane(KEY));
      if (found.isEmpty()) {
        return NONE;
      }
      Lane lane = found.get();
      return store.copy().write(transaction -> {
        Settled returned = transaction.settle(
            KEY, lane.epoch(), lane.doneSequence() + 1, new Settlement.Return(), at(LONG_AFTER));
        List<Lane.Claim> claimed =
            transaction.claim(PORT, at(LONG_AFTER), at(LONG_AFTER + 1), "observer", 1);
        return new LaneView(
            Math.toIntExact(lane.lastSequence()),
            Math.toIntExact(lane.doneSequence()),
            lane.readyAt()
                .map(at -> Math.toIntExact(at.getEpochSecond() - BEGIN.getEpochSecond()))
                .orElse(NEVER),
            !(returned instanceof Settled.Fenced),
            claimed.stream().anyMatch(Lane.Claim::inDoubt));
      });
    }

    private void print(StringBuilder out, int now) {
      out.append((char) ('0' + last))
          .append((char) ('0' + done))
          .append((char) ('0' + (ready == NEVER ? 9 : Math.max(0, ready - now))))
          .append(held ? 'h' : '-')
          .append(inDoubt ? 'd' : '-');
    }
  }

  Instance instance(int number) {
    return instances.get(number);
  }

  LaneState withInstance(int number, Instance instance) {
    List<Instance> next = new ArrayList<>(instances);
    next.set(number, instance);
    return new LaneState(store, lane, now, List.copyOf(next), calls, farSide);
  }

  LaneState withInstances(List<Instance> next) {
    return new LaneState(store, lane, now, next, calls, farSide);
  }

  LaneState withCalls(List<Call> next) {
    return new LaneState(store, lane, now, instances, List.copyOf(next), farSide);
  }

  LaneState withFarSide(FarSide next) {
    return new LaneState(store, lane, now, instances, calls, next);
  }

  /** Returns the state with that store, whose lane is observed. */
  LaneState withStore(MemoryStore next) {
    LaneView view = LaneView.of(next);
    return new LaneState(next, view, now, instances, calls, farSide);
  }

  LaneState later() {
    return new LaneState(store, lane, now + 1, instances, calls, farSide);
  }

  /** Returns the state without a call, or with that call in its place. */
  LaneState replacing(int call, Optional<Call> by) {
    List<Call> next = new ArrayList<>(calls);
    next.remove(call);
    by.ifPresent(next::add);
    return withCalls(next);
  }

  /** Returns the state in which nobody waits for the answer to a call of that instance. */
  LaneState withoutCaller(int instance) {
    return withCalls(calls.stream()
        .map(call -> call.caller() == instance ? call.abandoned() : call)
        .toList());
  }

  /** Checks whether all messages have arrived and the lane is empty. */
  boolean isEnd() {
    int messages = farSide.arrived().size();
    return lane.done() == messages && lane.ready() == NEVER && farSide.hasAllUntil(messages);
  }

  /**
   * Returns a text that is the same for states in which the same can happen: of times it has the distance from now, of epochs only whether they
   * are the last one, because the protocol compares nothing else; and instances have no names.
   */
  String print() {
    StringBuilder out = new StringBuilder(48);
    lane.print(out, now);
    farSide.print(out);
    String[] each = new String[instances.size()];
    for (int number = 0; number < each.length; number++) {
      each[number] = print(number);
    }
    Arrays.sort(each);
    for (String instance : each) {
      out.append(instance);
    }
    int[] abandoned = calls.stream()
        .filter(call -> call.caller() == Call.NOBODY)
        .mapToInt(Call::message)
        .sorted()
        .toArray();
    for (int message : abandoned) {
      out.append((char) ('0' + message));
    }
    return out.toString();
  }

  /** Returns the print of an instance, with the call for whose answer it waits: that call has the message of the instance. */
  private String print(int number) {
    StringBuilder out = new StringBuilder(8);
    instance(number).print(out, now);
    boolean waits = false;
    for (Call call : calls) {
      waits |= call.caller() == number;
    }
    return out.append(waits ? '>' : '-').toString();
  }
}
