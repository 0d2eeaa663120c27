package dev.relay.core.access;

import java.util.List;
import java.util.Optional;

/** The accounts of Relay's own desk. Thread-safe; every change survives a crash when the method returns. */
public interface AgentAccounts {

  /** Adds an account; answers false, and does nothing, where the user name is taken. */
  boolean add(AgentAccount account);

  /**
   * Replaces an account where it is still as it was read; answers false, and does nothing, where somebody else has changed it
   * meanwhile, or where there is none.
   */
  boolean replace(AgentAccount read, AgentAccount next);

  /** The account of that user name. */
  Optional<AgentAccount> find(String username);

  /** All accounts by user name, at most 1,000. */
  List<AgentAccount> all();
}
