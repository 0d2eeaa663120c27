package dev.relay.twilio.wire;

/** The names of the task attributes that Relay writes; agents and workflows see them. */
public final class TaskAttributes {
  /** The unique name of the Twilio conversation. */
  public static final String CONVERSATION = "relay_conversation";
  /** The delivery id of the handoff. */
  public static final String HANDOFF = "relay_handoff";

  private TaskAttributes() {}
}
