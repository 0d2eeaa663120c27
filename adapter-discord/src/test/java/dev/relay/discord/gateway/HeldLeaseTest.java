package dev.relay.discord.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HeldLeaseTest {
  private enum Store {
    GIVES,
    REFUSES,
    IS_AWAY
  }

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T00:00:00Z"));
  private final HeldLease lease = new HeldLease(new ScriptedLease(), clock);
  private Store store = Store.GIVES;

  private final class ScriptedLease implements Lease {
    @Override
    public boolean hold() {
      if (store == Store.IS_AWAY) {
        throw new IllegalStateException("the store is away");
      }
      return store == Store.GIVES;
    }

    @Override
    public void release() {
      // No other instance waits for the lease.
    }
  }

  @Test
  void it_counts_as_held_for_a_while_without_a_store_and_as_unknown_afterwards() {
    assertThat(lease.renew()).isEqualTo(HeldLease.Holder.SELF);
    store = Store.IS_AWAY;

    clock.advance(Duration.ofSeconds(10));
    assertThat(lease.renew()).isEqualTo(HeldLease.Holder.SELF);
    clock.advance(Duration.ofSeconds(10));
    assertThat(lease.renew()).isEqualTo(HeldLease.Holder.UNKNOWN);
  }

  @Test
  void a_lease_of_another_instance_ends_the_trust_in_the_own_one() {
    assertThat(lease.renew()).isEqualTo(HeldLease.Holder.SELF);
    store = Store.REFUSES;
    assertThat(lease.renew()).isEqualTo(HeldLease.Holder.ANOTHER);

    store = Store.IS_AWAY;
    assertThat(lease.renew()).isEqualTo(HeldLease.Holder.UNKNOWN);
  }
}
