package dev.relay.http.traffic;

/** The tokens of live agents, as far as they are known without asking the store. Must be thread-safe and must not block. */
public interface AgentTokens {

  /** Checks whether that session or API token was recently verified as a live agent's. */
  boolean isKnown(String token);
}
