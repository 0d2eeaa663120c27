package dev.relay.twilio.sender;

import dev.relay.twilio.wire.FlexEvent;
import java.util.Optional;

/** What Twilio reports of a conversation with a person; known fields only. */
sealed interface PersonEvent {

  /** In which Twilio conversation, {@code CH…}. */
  String conversation();

  /**
   * The person wrote.
   *
   * @param conversation in which conversation
   * @param message what they wrote; its author is the person's address
   * @param name what the person calls themselves, where the medium says so
   */
  record Wrote(String conversation, FlexEvent.Message message, Optional<String> name)
      implements PersonEvent {}

  /** The Twilio conversation was closed; what the person writes next comes in another. */
  record Closed(String conversation) implements PersonEvent {}

  /**
   * A message did not reach the person.
   *
   * @param conversation in which conversation
   * @param message {@code IM…}
   * @param code Twilio's error code, 0 where it gives none
   */
  record NotDelivered(String conversation, String message, int code) implements PersonEvent {}
}
