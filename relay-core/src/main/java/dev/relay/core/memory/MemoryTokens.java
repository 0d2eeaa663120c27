package dev.relay.core.memory;

import dev.relay.core.access.AccessStore.AccessTokens;
import dev.relay.core.access.AccessToken;
import dev.relay.core.store.StoreException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens, in a map. */
final class MemoryTokens implements AccessTokens {
  private static final int MAX_LIST = 1_000;

  private final Map<String, AccessToken> tokens = new ConcurrentHashMap<>();

  @Override
  public void add(AccessToken token) {
    if (tokens.putIfAbsent(token.hash(), token) != null) {
      throw new StoreException.BadData("there is a token of that hash already");
    }
  }

  @Override
  public Optional<AccessToken> find(String hash) {
    return Optional.ofNullable(tokens.get(hash));
  }

  @Override
  public boolean describe(String hash, Map<String, String> attributes) {
    return tokens.computeIfPresent(
            hash,
            (key, old) -> new AccessToken(
                old.hash(),
                old.kind(),
                old.subject(),
                attributes,
                old.createdAt(),
                old.lastUsedAt(),
                old.expiresAt()))
        != null;
  }

  @Override
  public void touch(String hash, Instant at) {
    Instant minute = at.truncatedTo(ChronoUnit.MINUTES);
    tokens.computeIfPresent(
        hash, (key, old) -> old.lastUsedAt().isBefore(minute) ? usedAt(old, minute) : old);
  }

  @Override
  public boolean revoke(String hash) {
    return tokens.remove(hash) != null;
  }

  @Override
  public List<String> revokeAll(AccessToken.Kind kind, String subject) {
    List<String> revoked = new ArrayList<>();
    for (AccessToken each : matching(kind, subject, Integer.MAX_VALUE)) {
      if (revoke(each.hash())) {
        revoked.add(each.hash());
      }
    }
    return revoked;
  }

  @Override
  public List<AccessToken> of(AccessToken.Kind kind, String subject) {
    return matching(kind, subject, MAX_LIST);
  }

  @Override
  public int removeExpired(Instant before) {
    List<AccessToken> expired = tokens.values().stream()
        .filter(token -> token.expiresAt().isBefore(before))
        .limit(MAX_LIST)
        .toList();
    return (int) expired.stream().filter(token -> revoke(token.hash())).count();
  }

  private List<AccessToken> matching(AccessToken.Kind kind, String subject, int limit) {
    return tokens.values().stream()
        .filter(token -> token.kind() == kind && token.subject().equals(subject))
        .sorted(Comparator.comparing(AccessToken::createdAt).thenComparing(AccessToken::hash))
        .limit(limit)
        .toList();
  }

  private static AccessToken usedAt(AccessToken token, Instant at) {
    return new AccessToken(
        token.hash(),
        token.kind(),
        token.subject(),
        token.attributes(),
        token.createdAt(),
        at,
        token.expiresAt());
  }
}
