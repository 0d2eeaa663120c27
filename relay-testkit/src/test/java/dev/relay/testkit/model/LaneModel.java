package dev.relay.testkit.model;

import dev.relay.core.id.Destination;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settled;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.testkit.model.Instance.Answer;
import dev.relay.testkit.model.Instance.Phase;
import dev.relay.testkit.model.LaneState.Call;
import dev.relay.testkit.model.LaneState.LaneView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Every step that instances can take with one lane in the real in-memory store. An instance follows the engine's LaneRunner: it claims, looks up
 * what is in doubt, checks its lease, calls, and settles. At any moment it may be killed, which loses all that it knows, or be
 * stopped: it then takes no step while time passes. Calls, answers and commits may be lost, and come late.
 *
 * @param bounds the size of the model
 * @param timing what is known of the length of a call
 * @param recognises whether the far side ignores a message that it has
 * @param rules the guards
 */
record LaneModel(Bounds bounds, Timing timing, boolean recognises, Rules rules) {
  /** The length of a lease, in halves of a lease. */
  static final int LEASE = 2;

  private static final int BACK_OFF = 1;

  /**
   * The size of a model.
   *
   * @param instances number of instances
   * @param messages number of messages
   * @param calls number of calls that are on their way at a time
   */
  record Bounds(int instances, int messages, int calls) {}

  /** What is known of the length of a call. */
  enum Timing {
    /** Between the check of the lease and the arrival of the message, or the loss of the call, less than half a lease passes. */
    SHORT_CALLS,
    /** An instance may be stopped between the check and the call, and a call may arrive at any later time. */
    ANY
  }

  /**
   * One step.
   *
   * @param name what happens, for a person
   * @param next the state after it
   * @param isFailure whether it is a failure, which need not happen
   * @param broken the invariant that it breaks
   */
  record Step(String name, LaneState next, boolean isFailure, Optional<Invariant> broken) {

    static Step progress(String name, LaneState next) {
      return new Step(name, next, false, Optional.empty());
    }

    static Step failure(String name, LaneState next) {
      return new Step(name, next, true, Optional.empty());
    }

    Step breaking(Invariant invariant, boolean isBroken) {
      return isBroken ? new Step(name, next, isFailure, Optional.of(invariant)) : this;
    }
  }

  LaneState begin() {
    return new LaneState(
        new MemoryStore(),
        LaneView.NONE,
        0,
        Collections.nCopies(bounds.instances(), Instance.IDLE),
        List.of(),
        FarSide.empty(bounds.messages()));
  }

  /** Returns every step that is possible in a state. */
  List<Step> steps(LaneState state) {
    List<Step> steps = new ArrayList<>();
    if (state.lane().last() < bounds.messages()) {
      steps.add(append(state));
    }
    if (timing == Timing.ANY || state.calls().isEmpty()) {
      steps.add(Step.progress("half a lease passes", state.later()));
    }
    for (int call = 0; call < state.calls().size(); call++) {
      addStepsOfCall(state, call, steps);
    }
    for (int number = 0; number < bounds.instances(); number++) {
      addStepsOfInstance(state, number, steps);
    }
    addClaims(state, steps);
    return steps;
  }

  private static Step append(LaneState state) {
    MemoryStore store = state.store().copy();
    var unused = store.write(transaction -> transaction.append(
        LaneState.KEY.conversation(),
        Destination.CUSTOMER,
        Optional.of(LaneState.PORT),
        new EntryContent.Said(Participant.agent("ann", "Ann"), MessageBody.text("hello")),
        Optional.empty(),
        LaneState.at(state.now())));
    LaneState next = state.withStore(store);
    return Step.progress("message " + next.lane().last() + " is written", next);
  }

  private void addStepsOfCall(LaneState state, int number, List<Step> steps) {
    Call call = state.calls().get(number);
    LaneState without = state.replacing(number, Optional.empty());
    String name = "a call with message " + call.message();
    steps.add(arrival(state, call, without));
    steps.add(Step.failure(name + " is lost", without));
    if (call.caller() != Call.NOBODY) {
      Instance refused = state.instance(call.caller()).in(Phase.ANSWERED).with(Answer.REFUSED);
      steps.add(Step.failure(name + " is refused", without.withInstance(call.caller(), refused)));
    }
  }

  private Step arrival(LaneState state, Call call, LaneState without) {
    FarSide before = state.farSide();
    boolean isRepeated = before.has(call.message());
    LaneState next = isRepeated && recognises
        ? without
        : without.withFarSide(before.afterArrivalOf(call.message()));
    if (call.caller() != Call.NOBODY) {
      next = next.withInstance(call.caller(), state.instance(call.caller()).with(Answer.DELIVERED));
    }
    boolean isExcused = timing == Timing.ANY && before.wasMissed(call.message());
    return Step.progress("message " + call.message() + " arrives", next)
        .breaking(Invariant.ORDER, !isRepeated && before.hasAnyAfter(call.message()))
        .breaking(Invariant.NOTHING_TWICE, isRepeated && !recognises && !isExcused);
  }

  private void addStepsOfInstance(LaneState state, int number, List<Step> steps) {
    Instance instance = state.instance(number);
    String name = name(number);
    switch (instance.phase()) {
      case IDLE -> {
        // Every idle instance claims in the same way: see addClaims.
      }
      case CLAIMED -> addAttempt(state, number, steps);
      case LOOKED -> {
        if (rules.checksLeaseAfterLook() && instance.isLeaseShort(state.now())) {
          steps.add(giveBack(state, number));
        } else {
          addCall(state, number, steps);
        }
      }
      case READY -> {
        if (state.calls().size() < bounds.calls()) {
          steps.add(call(state, number));
        }
      }
      case CALLING -> addAnswers(state, number, steps);
      case ANSWERED -> addSettlements(state, number, steps);
    }
    if (instance.phase() != Phase.IDLE) {
      steps.add(Step.failure(
          name + " is killed", state.withoutCaller(number).withInstance(number, Instance.IDLE)));
    }
  }

  /** Adds the claims of the idle instances, if the store lets the lane be claimed. */
  private void addClaims(LaneState state, List<Step> steps) {
    if (state.instances().stream().noneMatch(it -> it.phase() == Phase.IDLE)) {
      return;
    }
    MemoryStore store = state.store().copy();
    int leaseEnd = state.now() + LEASE;
    List<Claim> claims = store.write(transaction -> rules.claim(
        transaction, LaneState.PORT, LaneState.at(state.now()), LaneState.at(leaseEnd)));
    if (claims.isEmpty()) {
      return;
    }
    Claim claim = claims.get(0);
    int message = Math.toIntExact(claim.head().sequence());
    String what = " claims message " + message + (claim.inDoubt() ? ", which is in doubt" : "");
    LaneState stored = state.withStore(store);
    boolean isHeld = state.instances().stream().anyMatch(it -> holds(it, state));
    for (int number = 0; number < bounds.instances(); number++) {
      if (state.instance(number).phase() == Phase.IDLE) {
        List<Instance> next =
            new ArrayList<>(state.instances().stream().map(Instance::overtaken).toList());
        next.set(number, Instance.claimed(claim.epoch(), message, claim.inDoubt(), leaseEnd));
        steps.add(Step.progress(name(number) + what, stored.withInstances(List.copyOf(next)))
            .breaking(Invariant.ONE_OWNER, isHeld));
      }
    }
  }

  /** Checks whether an instance holds the lane under a lease that runs. */
  private static boolean holds(Instance instance, LaneState state) {
    return instance.current()
        && state.lane().held()
        && instance.entry() == state.lane().done() + 1
        && state.now() < instance.leaseEnd();
  }

  private void addAttempt(LaneState state, int number, List<Step> steps) {
    Instance instance = state.instance(number);
    if (!rules.sendsBeforeItSettles()) {
      steps.add(settle(state, number, done(state), name(number) + " settles before it calls"));
    } else if (rules.checksLeaseBeforeAttempt() && instance.isLeaseShort(state.now())) {
      steps.add(giveBack(state, number));
    } else if (instance.inDoubt() && rules.looksFirst()) {
      addLook(state, number, steps);
    } else {
      addCall(state, number, steps);
    }
  }

  private static void addLook(LaneState state, int number, List<Step> steps) {
    Instance instance = state.instance(number);
    String name = name(number);
    boolean isThere = state.farSide().has(instance.entry());
    Instance next =
        isThere ? instance.in(Phase.ANSWERED).with(Answer.DELIVERED) : instance.in(Phase.LOOKED);
    LaneState after =
        isThere ? state : state.withFarSide(state.farSide().afterMissing(instance.entry()));
    steps.add(Step.progress(
        name + " looks for message " + instance.entry() + ": " + (isThere ? "found" : "not found"),
        after.withInstance(number, next)));
    steps.add(Step.failure(
        name + " looks for message " + instance.entry() + ": no answer",
        state.withInstance(number, instance.in(Phase.ANSWERED).with(Answer.UNKNOWN))));
  }

  private void addCall(LaneState state, int number, List<Step> steps) {
    if (timing == Timing.ANY) {
      Instance ready = state.instance(number).in(Phase.READY);
      steps.add(Step.progress(
          name(number) + " has checked its lease", state.withInstance(number, ready)));
    } else if (state.calls().size() < bounds.calls()) {
      steps.add(call(state, number));
    }
  }

  private static Step call(LaneState state, int number) {
    Instance instance = state.instance(number);
    List<Call> calls = new ArrayList<>(state.calls());
    calls.add(new Call(number, instance.entry()));
    return Step.progress(
        name(number) + " calls the far side with message " + instance.entry(),
        state.withCalls(calls).withInstance(number, instance.in(Phase.CALLING)));
  }

  private static void addAnswers(LaneState state, int number, List<Step> steps) {
    Instance instance = state.instance(number);
    boolean isAnswered = instance.answer() == Answer.DELIVERED;
    boolean isOnItsWay = state.calls().stream().anyMatch(call -> call.caller() == number);
    if (isAnswered) {
      steps.add(Step.progress(
          name(number) + " gets the answer",
          state.withInstance(number, instance.in(Phase.ANSWERED))));
    }
    steps.add(new Step(
        name(number) + " gets no answer in time",
        state
            .withoutCaller(number)
            .withInstance(number, instance.in(Phase.ANSWERED).with(Answer.UNKNOWN)),
        isAnswered || isOnItsWay,
        Optional.empty()));
  }

  private void addSettlements(LaneState state, int number, List<Step> steps) {
    Instance instance = state.instance(number);
    Settlement settlement = switch (instance.answer()) {
      case DELIVERED -> done(state);
      case UNKNOWN -> again(state, rules.doubtsAfterNoAnswer());
      case NONE, REFUSED -> again(state, false);
    };
    String what = settlement instanceof Settlement.Again again
        ? "again" + (again.inDoubt() ? ", in doubt" : "")
        : "done";
    Step settled = settle(
        state,
        number,
        settlement,
        name(number) + " settles message " + instance.entry() + ": " + what);
    steps.add(settled);
    steps.add(new Step(
        settled.name() + "; the commit is not confirmed",
        settled.next().withInstance(number, instance),
        true,
        settled.broken()));
    steps.add(Step.failure(
        name(number) + " cannot settle, and drops message " + instance.entry(),
        state.withInstance(number, Instance.IDLE)));
  }

  private static Settlement done(LaneState state) {
    return new Settlement.Done(Optional.of("far"), LaneState.at(state.now() + LEASE));
  }

  private static Settlement again(LaneState state, boolean inDoubt) {
    return new Settlement.Again(
        LaneState.at(state.now() + BACK_OFF),
        "no success",
        Settlement.Again.Cause.FAILURE,
        inDoubt);
  }

  private Step giveBack(LaneState state, int number) {
    String name = name(number) + " gives message " + state.instance(number).entry() + " back";
    return settle(state, number, new Settlement.Return(), name);
  }

  private Step settle(LaneState state, int number, Settlement settlement, String name) {
    Instance instance = state.instance(number);
    MemoryStore store = state.store().copy();
    Settled settled = store.write(transaction -> rules.settle(
        transaction,
        LaneState.KEY,
        instance.epoch(),
        instance.entry(),
        settlement,
        LaneState.at(state.now())));
    LaneState stored = state.withStore(store);
    Instance after = settled instanceof Settled.Next next
        ? Instance.claimed(
            instance.epoch(), Math.toIntExact(next.head().sequence()), false, state.now() + LEASE)
        : Instance.IDLE;
    String fenced = settled instanceof Settled.Fenced ? " (fenced)" : "";
    boolean isRightful = instance.current() && instance.entry() == state.lane().done() + 1;
    return Step.progress(name + fenced, stored.withInstance(number, after))
        .breaking(
            Invariant.NOTHING_LOST, !stored.farSide().hasAllUntil(stored.lane().done()))
        .breaking(
            Invariant.FENCED_CHANGES_NOTHING, !isRightful && !stored.lane().equals(state.lane()));
  }

  private static String name(int number) {
    return "instance " + (char) ('A' + number);
  }
}
