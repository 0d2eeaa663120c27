package dev.relay.core.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Persistent log-ins and tokens, which only Relay's own desk and web chat need: a program that embeds Relay without them does not
 * implement it. Thread-safe. Rules: docs/store-contract.md, 11 and 12, checked by the test kit's AccessStoreContract.
 */
public interface AccessStore {

  /** Returns the accounts of Relay's own desk. */
  AgentAccounts accounts();

  /** Returns the tokens of customers, agents and programs. */
  AccessTokens tokens();

  /** The tokens by which people and programs are known. Thread-safe; every change survives a crash when the method returns. */
  interface AccessTokens {

    /** Keeps a new token. */
    void add(AccessToken token);

    /** The token of that hash, expired or not. */
    Optional<AccessToken> find(String hash);

    /** Notes that a token was used. */
    void touch(String hash, Instant at);

    /** Ends a token; answers whether there was one. Of two who end it at once, one gets true. */
    boolean revoke(String hash);

    /** Ends all tokens of that kind and subject; answers their hashes. */
    List<String> revokeAll(AccessToken.Kind kind, String subject);

    /** The tokens of that kind and subject, oldest first, at most 1,000. */
    List<AccessToken> of(AccessToken.Kind kind, String subject);

    /** Removes tokens that expired before that moment, at most 1,000; answers how many. */
    int removeExpired(Instant before);
  }

  /** The accounts of Relay's own desk. Thread-safe; every change survives a crash when the method returns. */
  interface AgentAccounts {

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
}
