package dev.relay.twilio.wire;

import java.util.Map;
import java.util.Optional;

/** The meaning of Twilio's error codes for messages that do not reach a customer, in words for the operator. */
public final class DeliveryErrorCodes {
  /** Twilio's code for a customer who has sent STOP. */
  static final int STOPPED = 21610;

  private static final Map<Integer, String> MEANINGS = Map.of(
      STOPPED,
      "the customer has sent STOP and must send START before they can be written to",
      21614,
      "the number cannot receive text messages",
      30003,
      "the phone is off or out of reach",
      30004,
      "the customer has blocked the number",
      30005,
      "the number is unknown or no longer in use",
      30006,
      "the number is a landline or its carrier cannot be reached",
      30007,
      "the carrier has filtered the message",
      63003,
      "the customer cannot be reached in this medium",
      63016,
      "more than 24 hours since the customer wrote: WhatsApp accepts approved templates only",
      63024,
      "the customer cannot be reached by WhatsApp");

  private DeliveryErrorCodes() {}

  public static Optional<String> meaning(int code) {
    return Optional.ofNullable(MEANINGS.get(code));
  }
}
