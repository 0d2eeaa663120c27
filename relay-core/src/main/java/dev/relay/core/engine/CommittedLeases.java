package dev.relay.core.engine;

import dev.relay.core.engine.commit.Committer;
import dev.relay.core.operations.Leases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** Leases that are acquired through the committer, in this instance's name. */
final class CommittedLeases implements Leases {
  private static final int MAX_NAME = 60;

  private final Committer committer;
  private final InstantSource clock;
  private final String owner;

  CommittedLeases(Committer committer, InstantSource clock, String owner) {
    this.committer = committer;
    this.clock = clock;
    this.owner = owner;
  }

  @Override
  public CompletableFuture<Boolean> take(String name, Duration length) {
    if (name.isBlank() || name.length() > MAX_NAME || length.isNegative() || length.isZero()) {
      return CompletableFuture.failedFuture(new IllegalArgumentException(
          "a lease needs a name of 1 to " + MAX_NAME + " characters and a positive length"));
    }
    return committer.submit((transaction, changes) -> {
      Instant now = clock.instant();
      return transaction.takeLease(name, owner, now, now.plus(length));
    });
  }

  @Override
  public CompletableFuture<Boolean> giveUp(String name) {
    return committer.submit((transaction, changes) -> {
      transaction.giveUpLease(name, owner);
      return true;
    });
  }
}
