package dev.relay.twilio;

import dev.relay.twilio.account.SetupFinding;
import dev.relay.twilio.setup.AccountChecks;
import dev.relay.twilio.setup.Change;
import dev.relay.twilio.setup.LoopCheck;
import java.time.Duration;
import java.util.List;

/**
 * Checks an account for what Relay needs, and sets what Relay can set: where TaskRouter's events and customers' messages go, and the
 * Studio flow. Behind {@code relay twilio doctor} and {@code relay twilio setup}. Thread-safe; blocks.
 */
public final class TwilioSetup {
  private final AccountChecks checks;
  private final LoopCheck loop;

  TwilioSetup(AccountChecks checks, LoopCheck loop) {
    this.checks = checks;
    this.loop = loop;
  }

  /**
   * Proves that Twilio's webhooks reach the running Relay: a message of its own must come back through its own webhook. Makes a
   * conversation at Twilio and deletes it again: five calls and one per look, for at most the time-out of a call.
   *
   * @param mayBeStopped whether Relay need not run yet, so that it is no fault if nothing answers at the public address
   */
  public SetupFinding proveLoop(boolean mayBeStopped) {
    return loop.prove(mayBeStopped);
  }

  /** Proves the same, with another time that the message may take to come back. */
  SetupFinding proveLoop(boolean mayBeStopped, Duration patience) {
    return loop.prove(mayBeStopped, patience);
  }

  /** Checks the account and changes nothing: four calls, three more with Studio, and two or more if there are senders. */
  public List<SetupFinding> check() {
    return checks.run(Change.NOTHING);
  }

  /**
   * Checks the account, directs TaskRouter's events and customers' messages to Relay if they go nowhere yet, and with Studio publishes
   * the flow. Harmless if repeated once the new flow's id is in the settings. Sets nothing if Twilio cannot reach the public address.
   */
  public List<SetupFinding> apply() {
    return checks.run(Change.UNSET);
  }

  /** Does the same, and also directs here what goes to Relay at another address: after the public address has changed. */
  public List<SetupFinding> move() {
    return checks.run(Change.MOVED);
  }
}
