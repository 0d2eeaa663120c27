package dev.relay.core.access;

/**
 * Persistent log-ins and tokens, which only Relay's own desk and web chat need: a program that embeds Relay without them does not
 * implement it. Thread-safe. Rules: docs/store-contract.md, 11 and 12, checked by the test kit's AccessStoreContract.
 */
public interface AccessStore {

  /** Returns the accounts of Relay's own desk. */
  AgentAccounts accounts();

  /** Returns the tokens of customers, agents and programs. */
  AccessTokens tokens();
}
