package dev.relay.twilio.studio;

import java.time.Duration;

/**
 * The times that Relay waits for a Studio flow.
 *
 * @param forQuestion the time a customer's question waits for the flow to ask Relay, before it is answered without the flow
 * @param forReplies the time the customer waits until the virtual agent's answer is posted to Twilio
 * @param forTask the time one attempt at a handoff waits for the flow's task
 */
public record StudioTimes(Duration forQuestion, Duration forReplies, Duration forTask) {
  /** Well within the engine's lease, and within the ten seconds that Studio waits. */
  public static final StudioTimes DEFAULT =
      new StudioTimes(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(10));

  /** The time the flow's request waits for Relay's answer: Studio gives up after ten seconds. */
  static final Duration FOR_ANSWER = Duration.ofSeconds(8);
}
