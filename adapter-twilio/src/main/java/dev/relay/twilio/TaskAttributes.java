package dev.relay.twilio;

/** The names of what Relay writes into a task's attributes; agents and workflows see them. */
final class TaskAttributes {
  /** The unique name of the Twilio conversation. */
  static final String CONVERSATION = "relay_conversation";
  /** The delivery id of the handoff. */
  static final String HANDOFF = "relay_handoff";

  private TaskAttributes() {}
}
