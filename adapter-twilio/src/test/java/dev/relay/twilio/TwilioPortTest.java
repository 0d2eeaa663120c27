package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.core.store.StoreException;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.port.TwilioPort;
import dev.relay.twilio.port.TwilioWatch;
import dev.relay.twilio.port.Watched;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.rest.TwilioFailure;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The looks of a port, of which at most one is under way, and the port's connection status. No test makes a call to Twilio. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TwilioPortTest {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
  /** The rounds of one port during which another that has threads to spare would have had rounds, too. */
  private static final int MANY_ROUNDS = 20;

  private final TwilioConnection connection =
      new TwilioConnection(TestSettings.of(NOWHERE, NOWHERE), InstantSource.system());
  private final TwilioWatch watch = new TwilioWatch(Duration.ofMillis(2));
  private final TwilioPort slow = TwilioPort.ofDesk(new PortId("slow"), connection, watch);
  private final TwilioPort quick = TwilioPort.ofChannel(new PortId("quick"), connection, watch);

  @AfterEach
  void close() {
    slow.stop();
    quick.stop();
    watch.close();
  }

  @Test
  void a_long_recovery_delays_the_rounds_of_its_own_port_and_of_no_other() {
    Looks recovering = new Looks(0);
    Looks others = new Looks(0);
    others.mayEnd.countDown();

    slow.start(inbox(), recovering);
    quick.start(inbox(), others);
    staysAlone(recovering, others);
  }

  @Test
  void a_repeated_recovery_never_overlaps_with_a_round_of_the_same_port() {
    Looks recovering = new Looks(3);
    Looks others = new Looks(0);
    others.mayEnd.countDown();

    slow.start(inbox(), recovering);
    quick.start(inbox(), others);
    staysAlone(recovering, others);
    assertThat(recovering.recoveries.get()).isEqualTo(4);
  }

  private static void staysAlone(Looks recovering, Looks others) {
    Eventually.holds("it recovers", () -> recovering.isRecovering.getCount() == 0);
    int before = recovering.rounds.get();
    int othersBefore = others.rounds.get();
    Eventually.holds(
        "the other port has rounds", () -> others.rounds.get() >= othersBefore + MANY_ROUNDS);
    assertThat(recovering.rounds.get()).isEqualTo(before);

    recovering.mayEnd.countDown();
    Eventually.holds("it has rounds, too", () -> recovering.rounds.get() > before);
    assertThat(recovering.mostAtOnce.get()).isEqualTo(1);
    assertThat(others.mostAtOnce.get()).isEqualTo(1);
  }

  @Test
  void an_attempt_that_has_taken_too_long_makes_no_further_call_and_shows_no_outage() {
    TwilioSettings hasty =
        TestSettings.withTimeout(TestSettings.of(NOWHERE, NOWHERE), Duration.ofMillis(1));
    TwilioConnection other = new TwilioConnection(hasty, InstantSource.system());
    TwilioPort port = TwilioPort.ofDesk(new PortId("hasty"), other, watch);

    Optional<TwilioFailure> failure = port.calling(
        () -> {
          long begin = System.nanoTime();
          while (System.nanoTime() - begin < Duration.ofMillis(10).toNanos()) {
            Thread.onSpinWait();
          }
          other.conversations().probe();
          return Optional.empty();
        },
        Optional::of);

    assertThat(failure).map(TwilioFailure::kind).contains(TwilioFailure.Kind.CONFLICT);
    assertThat(failure).map(TwilioFailure::concernsAll).contains(false);
  }

  @Test
  void a_refusal_shows_a_desk_that_Twilio_is_available() {
    Looks looks = new Looks(0);
    slow.start(inbox(), looks);
    Eventually.holds("it recovers", () -> looks.isRecovering.getCount() == 0);
    fails(slow, new ApiException("credentials", 401));
    assertThat(slow.health().ready()).isFalse();

    fails(slow, new ApiException("not found", 404));
    assertThat(slow.health().ready()).isTrue();
  }

  @Test
  void a_refusal_ends_no_outage_of_a_channel() {
    // The recovery does not end, so that no round looks whether Twilio is available again.
    Looks looks = new Looks(0);
    quick.start(inbox(), looks);
    Eventually.holds("it recovers", () -> looks.isRecovering.getCount() == 0);
    fails(quick, new ApiException("not found", 404));
    assertThat(quick.health().ready()).isTrue();

    fails(quick, new ApiException("credentials", 401));
    fails(quick, new ApiException("not found", 404));
    assertThat(quick.health().ready()).isFalse();
    assertThat(quick.health().detail()).contains("401");

    assertThat(quick.<String>calling(() -> "answered", failure -> "failed")).isEqualTo("answered");
    assertThat(quick.health().ready()).isTrue();
  }

  private static void fails(TwilioPort port, TwilioException failure) {
    String result = port.calling(
        () -> {
          throw failure;
        },
        refused -> "failed");
    assertThat(result).isEqualTo("failed");
  }

  /** An inbox on an intake that no test calls. */
  private static Inbox inbox() {
    return Inbox.of((Intake) Proxy.newProxyInstance(
        Intake.class.getClassLoader(),
        new Class<?>[] {Intake.class},
        (proxy, method, arguments) -> {
          throw new UnsupportedOperationException(method.getName());
        }));
  }

  /** Counts looks. The first recoveries fail; the next one takes until it may end. */
  private static final class Looks implements Watched {
    final AtomicInteger recoveries = new AtomicInteger();
    final AtomicInteger rounds = new AtomicInteger();
    final AtomicInteger mostAtOnce = new AtomicInteger();
    final CountDownLatch isRecovering = new CountDownLatch(1);
    final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicInteger atOnce = new AtomicInteger();
    private final int failures;

    Looks(int failures) {
      this.failures = failures;
    }

    @Override
    public void recover() {
      begin();
      try {
        if (recoveries.incrementAndGet() <= failures) {
          throw new StoreException("the store is unavailable");
        }
        isRecovering.countDown();
        assertThat(mayEnd.await(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS))
            .isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        atOnce.decrementAndGet();
      }
    }

    @Override
    public void round() {
      begin();
      rounds.incrementAndGet();
      atOnce.decrementAndGet();
    }

    private void begin() {
      int now = atOnce.incrementAndGet();
      mostAtOnce.accumulateAndGet(now, Math::max);
    }
  }
}
