package dev.relay.twilio.sender;

import dev.relay.twilio.wire.FlexEvent;
import java.util.Optional;

/** An event of a conversation with a customer, with the fields that Relay uses. */
sealed interface SenderEvent {

  /** Returns the id of the Twilio conversation, {@code CH…}. */
  String conversation();

  /**
   * The customer wrote.
   *
   * @param conversation the id of the conversation
   * @param message the message, whose author is the customer's address
   * @param name the customer's own name, if the medium gives one
   * @param optOutType Twilio's judgement of a reserved word, if the account uses Advanced Opt-Out
   */
  record Wrote(
      String conversation,
      FlexEvent.Message message,
      Optional<String> name,
      Optional<String> optOutType)
      implements SenderEvent {}

  /** The Twilio conversation was closed; the customer's next message comes in another. */
  record Closed(String conversation) implements SenderEvent {}

  /**
   * A message did not reach the customer.
   *
   * @param conversation the id of the conversation
   * @param message {@code IM…}
   * @param code Twilio's error code, 0 if there is none
   */
  record NotDelivered(String conversation, String message, int code) implements SenderEvent {}
}
