package dev.relay.testkit.model;

/**
 * An instance of the engine, as far as one lane concerns it. What it no longer needs has a fixed value, so that equal instances are equal.
 *
 * @param phase where it is in the delivery of one entry
 * @param current whether no other claim came after its own: known to the model, not to the instance
 * @param epoch the epoch of its claim
 * @param entry the number of the message at the head when it claimed
 * @param inDoubt whether its claim is in doubt
 * @param leaseEnd the end of its lease
 * @param answer the answer of the far side
 */
record Instance(
    Phase phase,
    boolean current,
    long epoch,
    int entry,
    boolean inDoubt,
    int leaseEnd,
    Answer answer) {
  static final Instance IDLE = new Instance(Phase.IDLE, false, 0, 0, false, 0, Answer.NONE);

  /** The steps of a delivery. An instance that is stopped takes no step, however much time passes. */
  enum Phase {
    /** It holds nothing. */
    IDLE,
    /** It has claimed the lane, or continues with its next entry; the attempt waits for a thread. */
    CLAIMED,
    /** It has not found the entry at the far side. */
    LOOKED,
    /** It has checked its lease, and is about to call. */
    READY,
    /** It waits for the answer. */
    CALLING,
    /** It has an answer, which is to be settled. */
    ANSWERED
  }

  /** The answer to a call, or to a look that spares the call. */
  enum Answer {
    /** There is none yet. */
    NONE,
    /** The message has arrived; while the instance is calling, that answer is under way. */
    DELIVERED,
    /** No answer came in time. */
    UNKNOWN,
    /** The far side asks to try again later. */
    REFUSED
  }

  static Instance claimed(long epoch, int entry, boolean inDoubt, int leaseEnd) {
    return new Instance(Phase.CLAIMED, true, epoch, entry, inDoubt, leaseEnd, Answer.NONE);
  }

  Instance in(Phase next) {
    return new Instance(next, current, epoch, entry, false, leaseEnd, answer);
  }

  Instance with(Answer given) {
    return new Instance(phase, current, epoch, entry, inDoubt, leaseEnd, given);
  }

  /** Returns the instance with the claim of another one after its own. */
  Instance overtaken() {
    return new Instance(phase, false, epoch, entry, inDoubt, leaseEnd, answer);
  }

  boolean isLeaseShort(int now) {
    return leaseEnd - now < LaneModel.LEASE / 2;
  }

  /** Appends what tells the instance from others, with the time left instead of a time; two letters tell phases apart, one answers. */
  void print(StringBuilder out, int now) {
    boolean isTimed = current || phase == Phase.CLAIMED || phase == Phase.LOOKED;
    out.append(phase.name(), 0, 2)
        .append((char) ('0' + entry))
        .append(current ? 'c' : '-')
        .append(inDoubt ? 'd' : '-')
        .append((char) ('0' + (isTimed ? Math.max(0, leaseEnd - now) : 0)))
        .append(answer.name().charAt(0));
  }
}
