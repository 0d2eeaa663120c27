package dev.relay.twilio.sender;

import dev.relay.twilio.wire.FlexEvent;
import java.util.Optional;

/** What Twilio reports of a conversation with a customer; known fields only. */
sealed interface SenderEvent {

  /** In which Twilio conversation, {@code CH…}. */
  String conversation();

  /**
   * The customer wrote.
   *
   * @param conversation in which conversation
   * @param message what they wrote; its author is the customer's address
   * @param name what the customer calls themselves, where the medium says so
   */
  record Wrote(String conversation, FlexEvent.Message message, Optional<String> name)
      implements SenderEvent {}

  /** The Twilio conversation was closed; what the customer writes next comes in another. */
  record Closed(String conversation) implements SenderEvent {}

  /**
   * A message did not reach the customer.
   *
   * @param conversation in which conversation
   * @param message {@code IM…}
   * @param code Twilio's error code, 0 where it gives none
   */
  record NotDelivered(String conversation, String message, int code) implements SenderEvent {}
}
