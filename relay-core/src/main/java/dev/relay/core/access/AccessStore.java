package dev.relay.core.access;

import dev.relay.core.workspace.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The persistent accounts, tokens and workspace of Relay's own desk and web chat. A program that embeds Relay without these need not implement it.
 * Thread-safe. Rules: docs/store-contract.md, 11 and 12, checked by the test kit's AccessStoreContract.
 */
public interface AccessStore {

  /** Returns the accounts of Relay's own desk. */
  AgentAccounts accounts();

  /** Returns the tokens of customers, live agents and programs. */
  AccessTokens tokens();

  /** Returns what the desk keeps for its agents. */
  Workspace workspace();

  /** The tokens that identify customers, live agents and programs. Thread-safe; every change survives a crash when the method returns. */
  interface AccessTokens {

    /** Stores a new token. */
    void add(AccessToken token);

    /** Returns the token with that hash, expired or not; empty if there is none. */
    Optional<AccessToken> find(String hash);

    /**
     * Replaces the attributes of the token with that hash, such as the language of a chat session. Everything else of it stays.
     *
     * @return false, and nothing changed, if there is no such token
     */
    boolean describe(String hash, Map<String, String> attributes);

    /** Records that a token was used at that time. Ignored if there is no such token. */
    void touch(String hash, Instant at);

    /** Removes a token and returns whether there was one. If two callers remove it at once, one of them gets true. */
    boolean revoke(String hash);

    /** Removes all tokens of that kind and subject, and returns their hashes. */
    List<String> revokeAll(AccessToken.Kind kind, String subject);

    /** Returns the tokens of that kind and subject, oldest first, at most 1,000. */
    List<AccessToken> of(AccessToken.Kind kind, String subject);

    /** Removes tokens that expired before that moment, at most 1,000, and returns their number. */
    int removeExpired(Instant before);
  }

  /** The accounts of Relay's own desk. Thread-safe; every change survives a crash when the method returns. */
  interface AgentAccounts {

    /** Adds an account. Returns false, and changes nothing, if the user name is taken. */
    boolean add(AgentAccount account);

    /**
     * Replaces an account that is still as it was read, unless that would leave no {@linkplain AgentAccount#isActiveAdmin() active
     * admin}: then nobody could manage accounts any longer.
     *
     * @param read the account as it was read
     * @param next the account to store
     */
    Replacement replace(AgentAccount read, AgentAccount next);

    /** Returns the account with that user name; empty if there is none. */
    Optional<AgentAccount> find(String username);

    /** Returns all accounts, ordered by user name, at most 1,000. */
    List<AgentAccount> all();

    /** The result of a request to replace an account. */
    enum Replacement {
      /** The account was replaced. */
      DONE,
      /** Nothing changed: the account has been changed meanwhile, or does not exist. */
      OUTDATED,
      /** Nothing changed: the account is the only active admin. */
      LAST_ADMIN
    }
  }
}
