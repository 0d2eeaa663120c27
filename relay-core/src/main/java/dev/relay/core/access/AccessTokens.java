package dev.relay.core.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The tokens by which people and programs are known. Thread-safe; every change survives a crash when the method returns. */
public interface AccessTokens {

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
