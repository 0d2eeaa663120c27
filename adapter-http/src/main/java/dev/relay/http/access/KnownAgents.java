package dev.relay.http.access;

import dev.relay.http.traffic.AgentTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tokens that have recently been verified as live agents'. Only they get the places that are kept for agents: anybody can send a
 * cookie. Holds hashes, at most {@value #MOST} of them. Thread-safe, and never waits for the store.
 */
public final class KnownAgents implements AgentTokens {
  /** More sessions and API tokens than any contact centre has in use. */
  private static final int MOST = 2_000;
  /** The pages of an agent at work ask for something more often than this. */
  static final Duration RECENT = Duration.ofMinutes(15);

  private final InstantSource clock;
  private final Map<String, Instant> verified = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
      return size() > MOST;
    }
  };

  /** Creates an empty set. */
  public KnownAgents(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void verified(String tokenHash) {
    verified.put(tokenHash, clock.instant());
  }

  synchronized void forget(String tokenHash) {
    verified.remove(tokenHash);
  }

  @Override
  public boolean isKnown(String token) {
    if (token.length() > Sessions.MAX_TOKEN) {
      return false;
    }
    String hash = Secrets.hash(token);
    Instant now = clock.instant();
    synchronized (this) {
      Instant at = verified.get(hash);
      return at != null && now.isBefore(at.plus(RECENT));
    }
  }
}
