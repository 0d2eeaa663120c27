package dev.relay.app.browser;

/** A whole Relay that serves the pages of one test, on a free port and with an empty data folder. */
interface RelayServer extends AutoCloseable {
  /** Returns the address without a slash at the end. */
  String address();

  /** Returns the one-time link that the first start printed. */
  String setUpLink();

  /** Adds an agent while the server runs, as operators do. */
  void addAgent(String username, String displayName, String password, String... options);

  @Override
  void close();
}
