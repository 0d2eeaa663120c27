package dev.relay.twilio.studio;

import java.time.Duration;

/**
 * How long Relay waits for a Studio flow.
 *
 * @param forQuestion how long a customer's question waits for the flow to ask Relay, before it is answered without
 * @param forReplies how long the customer waits for the bot's answer to be noted at Twilio
 * @param forTask how long one attempt at a handoff waits for the flow's task
 */
public record StudioTimes(Duration forQuestion, Duration forReplies, Duration forTask) {
  /** Well within the engine's lease, and within the ten seconds that Studio waits. */
  public static final StudioTimes DEFAULT =
      new StudioTimes(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(10));

  /** How long the flow's question waits for Relay's answer: Studio gives up after ten seconds. */
  static final Duration FOR_ANSWER = Duration.ofSeconds(8);
}
