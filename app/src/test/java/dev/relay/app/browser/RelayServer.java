package dev.relay.app.browser;

import dev.relay.core.access.AgentAccount.Role;

/** A whole Relay that serves the pages of one test, on a free port and with an empty data folder. */
interface RelayServer extends AutoCloseable {
  /** Returns the address without a slash at the end. */
  String address();

  /** Returns the one-time link that the first start printed. */
  String setUpLink();

  /** Adds an agent while the server runs. The first becomes an administrator. */
  void addAgent(String username, String displayName, String password);

  /** Adds an agent with that role while the server runs. */
  void addAgent(String username, String displayName, String password, Role role);

  @Override
  void close();
}
