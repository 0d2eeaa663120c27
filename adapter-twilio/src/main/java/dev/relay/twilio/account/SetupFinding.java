package dev.relay.twilio.account;

/**
 * One result of a check of the account.
 *
 * @param state the state of the thing that was checked
 * @param what the thing that was checked
 * @param advice what is wrong and what to do; empty if all is well
 */
public record SetupFinding(State state, String what, String advice) {
  /** The state of a thing that was checked. */
  public enum State {
    /** As it must be. */
    FINE,
    /** Changed just now. */
    CHANGED,
    /** Set-up would change it. */
    TO_CHANGE,
    /** Cannot be checked yet: somebody has to do something first. */
    LATER,
    /** Somebody has to do something. */
    WRONG
  }

  /** Returns a finding without advice. */
  public static SetupFinding fine(String what) {
    return new SetupFinding(State.FINE, what, "");
  }

  /** Returns a finding about which somebody has to do something. */
  public static SetupFinding wrong(String what, String advice) {
    return new SetupFinding(State.WRONG, what, advice);
  }
}
