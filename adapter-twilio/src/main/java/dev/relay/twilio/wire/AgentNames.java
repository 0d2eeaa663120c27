package dev.relay.twilio.wire;

import dev.relay.core.text.Cut;

/** The names of agents that customers see. */
public final class AgentNames {
  private static final int MAX = 100;

  private AgentNames() {}

  /** Returns a name on one line, of a length that every medium shows. */
  public static String bounded(String name) {
    return Cut.to(SingleLine.of(name), MAX);
  }
}
