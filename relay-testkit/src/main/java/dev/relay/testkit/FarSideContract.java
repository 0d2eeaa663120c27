package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Delivered;
import dev.relay.core.delivery.DeliveryResult.Rejected;
import dev.relay.core.delivery.DeliveryResult.RetryLater;
import dev.relay.core.delivery.DeliveryResult.Unknown;
import dev.relay.core.delivery.LookUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The rules of delivering that hold for every port with a far side. Each contract gives them its own numbers.
 *
 * <p>The rules speak of deliveries by number: deliveries of the same number have the same delivery id and the same text.
 */
abstract class FarSideContract {
  /** Part of every text, so that it is found in places that must not contain any text. */
  static final String CANARY = "kanarienvogel";

  private static final Duration USUAL_REQUESTED_WAIT = Duration.ofSeconds(7);

  private static final Set<FarSideTrouble> ACTS = EnumSet.of(
      FarSideTrouble.ANSWER_LOST, FarSideTrouble.ANSWER_GARBLED, FarSideTrouble.FAILS_INTERNALLY);
  private static final Set<FarSideTrouble> DOES_NOT_ACT =
      EnumSet.of(FarSideTrouble.UNREACHABLE, FarSideTrouble.BREAKS_OFF);

  /** Lets the fake far side behave like that from now on. */
  protected abstract void trouble(FarSideTrouble trouble) throws Exception;

  /** Lets the fake far side work again. */
  protected abstract void repair() throws Exception;

  /** Returns the failures that the far side can have; override if some cannot happen. */
  protected Set<FarSideTrouble> possibleTroubles() {
    return EnumSet.allOf(FarSideTrouble.class);
  }

  /**
   * Checks whether the far side keeps the delivery id, so that a repeated delivery can be recognised. Override with false if it
   * has no place for the id: the lookup must then return {@link LookUp.CannotTell} for everything.
   */
  protected boolean canRecogniseRepeats() {
    return true;
  }

  /**
   * Returns the wait that the fake far side asks for during {@link FarSideTrouble#ASKS_TO_WAIT}; seven seconds unless overridden. Override
   * it with a shorter one if the port keeps to the wait itself, so that its tests do not wait for seven seconds each. Choose one that the
   * port never uses on its own.
   */
  protected Duration requestedWait() {
    return USUAL_REQUESTED_WAIT;
  }

  /** Makes one attempt at the delivery of that number. */
  abstract DeliveryResult attempt(int number);

  /** Looks the delivery of that number up. */
  abstract LookUp lookUp(int number);

  /** Returns how often the far side shows the text of that number. */
  abstract long timesShown(int number);

  /** Replaces the port by a new one against the same far side, as after a restart. */
  void restart() throws Exception {}

  static String text(int number) {
    return "text " + number + " of the " + CANARY;
  }

  final boolean canHappen(FarSideTrouble trouble) {
    return possibleTroubles().contains(trouble);
  }

  private List<FarSideTrouble> possible(Set<FarSideTrouble> some) {
    return some.stream().filter(this::canHappen).toList();
  }

  private DeliveryResult attemptDuring(FarSideTrouble trouble, int number) throws Exception {
    trouble(trouble);
    DeliveryResult result = attempt(number);
    repair();
    return result;
  }

  final void checkThrowsNothing() throws Exception {
    int number = 0;
    for (FarSideTrouble trouble : possibleTroubles()) {
      int next = ++number;
      trouble(trouble);
      assertThatCode(() -> attempt(next)).as("deliver: %s", trouble).doesNotThrowAnyException();
      assertThatCode(() -> lookUp(next)).as("look up: %s", trouble).doesNotThrowAnyException();
      repair();
    }
  }

  final void checkShowsOnce() throws Exception {
    assertThat(attempt(1)).isInstanceOf(Delivered.class);
    if (!canRecogniseRepeats()) {
      return;
    }
    var unused = attempt(1);
    assertThat(timesShown(1)).as("delivered twice").isEqualTo(1);
    restart();
    // As Relay does if it does not know what became of an attempt.
    if (lookUp(1) instanceof LookUp.NotFound) {
      unused = attempt(1);
    }
    assertThat(timesShown(1)).as("repeated after a restart").isEqualTo(1);
    int number = 1;
    for (FarSideTrouble trouble : possibleTroubles()) {
      unused = attemptDuring(trouble, ++number);
      unused = attempt(number);
      assertThat(timesShown(number)).as("delivered again after %s", trouble).isEqualTo(1);
    }
  }

  final void checkReportsDoubt() throws Exception {
    int number = 0;
    for (FarSideTrouble trouble : possible(ACTS)) {
      DeliveryResult result = attemptDuring(trouble, ++number);
      assertThat(timesShown(number)).as("the fake acts during %s", trouble).isEqualTo(1);
      assertThat(result).as("during %s", trouble).isInstanceOfAny(Unknown.class, Delivered.class);
    }
    for (FarSideTrouble trouble : possible(DOES_NOT_ACT)) {
      DeliveryResult result = attemptDuring(trouble, ++number);
      assertThat(result).as("during %s", trouble).isInstanceOfAny(RetryLater.class, Unknown.class);
    }
  }

  final void checkPassesOnTheRequestedWait() throws Exception {
    if (!canHappen(FarSideTrouble.ASKS_TO_WAIT)) {
      return;
    }
    checkWaitOf(attemptDuring(FarSideTrouble.ASKS_TO_WAIT, 1));
  }

  final void checkWaitOf(DeliveryResult result) {
    assertThat(result).isInstanceOf(RetryLater.class);
    Optional<Duration> after = ((RetryLater) result).after();
    assertThat(after.orElse(Duration.ZERO))
        .isBetween(requestedWait(), requestedWait().plusSeconds(1));
  }

  final void checkRejectsWhatIsRefused() throws Exception {
    if (canHappen(FarSideTrouble.REFUSES)) {
      assertThat(attemptDuring(FarSideTrouble.REFUSES, 1)).isInstanceOf(Rejected.class);
    }
  }

  final void checkLooksUpTheTruth() throws Exception {
    if (!canRecogniseRepeats()) {
      checkAdmitsThatItCannotTell();
      return;
    }
    LookUp before = lookUp(1);
    if (timesShown(1) == 0) {
      assertThat(before).as("before").isNotInstanceOf(LookUp.Found.class);
    }
    DeliveryResult result = attempt(1);
    assertThat(result).isInstanceOf(Delivered.class);
    assertThat(lookUp(1))
        .as("after")
        .isEqualTo(new LookUp.Found(((Delivered) result).externalId()));
    if (canHappen(FarSideTrouble.ANSWER_LOST)) {
      var unused = attemptDuring(FarSideTrouble.ANSWER_LOST, 2);
      assertThat(lookUp(2)).as("after a lost answer").isNotInstanceOf(LookUp.NotFound.class);
    }
    if (canHappen(FarSideTrouble.UNREACHABLE)) {
      trouble(FarSideTrouble.UNREACHABLE);
      assertThat(lookUp(3)).as("while unreachable").isInstanceOf(LookUp.CannotTell.class);
      repair();
    }
  }

  private void checkAdmitsThatItCannotTell() {
    assertThat(lookUp(1)).as("before").isInstanceOf(LookUp.CannotTell.class);
    assertThat(attempt(1)).isInstanceOf(Delivered.class);
    assertThat(lookUp(1)).as("after").isInstanceOf(LookUp.CannotTell.class);
  }

  final void checkKeepsTextsOutOfReasons() throws Exception {
    List<String> reasons = new ArrayList<>();
    int number = 0;
    for (FarSideTrouble trouble : possibleTroubles()) {
      int next = ++number;
      trouble(trouble);
      collect(() -> reasonOf(attempt(next)), reasons);
      collect(() -> reasonOf(lookUp(next)), reasons);
      repair();
    }
    assertThat(reasons)
        .allSatisfy(reason -> assertThat(reason).isNotBlank().doesNotContain(CANARY));
  }

  private static void collect(Supplier<Optional<String>> call, List<String> reasons) {
    try {
      call.get().ifPresent(reasons::add);
    } catch (RuntimeException broken) {
      // Another rule says that it must not throw.
    }
  }

  private static Optional<String> reasonOf(LookUp result) {
    return result instanceof LookUp.CannotTell cannotTell
        ? Optional.of(cannotTell.reason())
        : Optional.empty();
  }

  static Optional<String> reasonOf(DeliveryResult result) {
    if (result instanceof Rejected rejected) {
      return Optional.of(rejected.reason());
    }
    if (result instanceof Unknown unknown) {
      return Optional.of(unknown.reason());
    }
    return result instanceof RetryLater later ? Optional.of(later.reason()) : Optional.empty();
  }
}
