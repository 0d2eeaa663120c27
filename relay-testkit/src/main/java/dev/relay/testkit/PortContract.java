package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.relay.core.intake.Inbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * The life of a port that is started with an inbox, and the rules about it that channels and desks share.
 *
 * @param <P> the port's type
 */
abstract class PortContract<P> extends FarSideContract {
  private static final Duration SOON = Duration.ofSeconds(10);

  final RecordingIntake intake = new RecordingIntake();
  private final List<Inbox> inboxes = new ArrayList<>();
  private @Nullable P current;

  /** Returns the longest wait for something that must arrive. A test continues as soon as it has arrived. */
  protected Duration patience() {
    return Eventually.PATIENCE;
  }

  /**
   * Checks whether the implementation and its far side have nothing left to do, so that nothing more will arrive. Override if
   * your fake can tell: a test that would wait for {@link #patience()} then fails at once.
   */
  protected boolean isIdle() {
    return false;
  }

  /** Makes one more port against the same far side. */
  abstract P open() throws Exception;

  abstract void start(P port, Inbox inbox);

  abstract void stop(P port);

  /** Returns the port under test, not started unless {@link #started} was called. */
  final P port() {
    P port = current;
    if (port == null) {
      port = Unchecked.call(this::open);
      current = port;
    }
    return port;
  }

  final P started() {
    P port = port();
    start(port, inboxTo(intake));
    return port;
  }

  /** Returns an inbox that is closed after the test. */
  final Inbox inboxTo(RecordingIntake receiver) {
    Inbox inbox = Inbox.of(receiver);
    inboxes.add(inbox);
    return inbox;
  }

  @Override
  final void restart() throws Exception {
    stop(port());
    current = open();
    started();
  }

  @AfterEach
  final void close() {
    if (current != null) {
      stop(current);
    }
    inboxes.forEach(Inbox::close);
  }

  /**
   * Waits until the condition holds.
   *
   * @throws AssertionError if it does not hold within {@link #patience()}, or if it does not hold and nothing more will arrive
   */
  final void eventually(String what, BooleanSupplier condition) {
    Eventually.holds(patience(), () -> what, () -> {
      // Asked first: what arrives between the two checks must not be missed.
      boolean idle = isIdle() && areInboxesIdle();
      if (!condition.getAsBoolean() && idle) {
        throw new AssertionError(what + ": nothing more will arrive");
      }
      return condition.getAsBoolean();
    });
  }

  private boolean areInboxesIdle() {
    return inboxes.stream().allMatch(Inbox::isIdle);
  }

  final void checkStartsSoon() throws Exception {
    if (possibleTroubles().contains(FarSideTrouble.UNREACHABLE)) {
      trouble(FarSideTrouble.UNREACHABLE);
    }
    long begin = System.nanoTime();
    assertThatCode(this::started).doesNotThrowAnyException();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
    repair();
  }

  /** Checks that nothing reaches the intake of a port that was stopped twice, whatever the acts after that cause. */
  final void checkIsSilentAfterStop(Acts acts) throws Exception {
    P port = started();
    acts.before();
    stop(port);
    assertThatCode(() -> stop(port)).doesNotThrowAnyException();
    int before = intake.size();
    acts.tooLate();
    P next = open();
    RecordingIntake other = new RecordingIntake();
    start(next, inboxTo(other));
    acts.inTime();
    eventually("another one receives it", () -> acts.isReceivedBy(other));
    stop(next);
    Eventually.holds("the inboxes are idle", this::areInboxesIdle);
    assertThat(intake.size()).isEqualTo(before);
  }

  /** The acts of people in {@link #checkIsSilentAfterStop}. */
  interface Acts {
    void before() throws Exception;

    void tooLate() throws Exception;

    void inTime() throws Exception;

    boolean isReceivedBy(RecordingIntake intake);
  }
}
