package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The rules of delivering that hold for every port to a far side; each contract gives them its own numbers. */
final class DeliveryRules {
  /** Stands in every text, so that it is found where no text belongs. */
  static final String CANARY = "kanarienvogel";

  private static final Duration WISH = Duration.ofSeconds(7);

  private final Side side;
  private final Set<FarSideTrouble> troubles;

  DeliveryRules(Side side, Set<FarSideTrouble> troubles) {
    this.side = side;
    this.troubles = troubles;
  }

  /** A port with its far side. Deliveries of the same number have the same id, and the text of that number. */
  interface Side {
    DeliveryResult deliver(int number);

    LookUp lookUp(int number);

    /** How often the far side shows the text of that number. */
    long timesShown(int number);

    void trouble(FarSideTrouble trouble);

    void repair();
  }

  static String text(int number) {
    return "text " + number + " of the " + CANARY;
  }

  void throwsNothing() {
    int number = 0;
    for (FarSideTrouble trouble : troubles) {
      int next = ++number;
      side.trouble(trouble);
      assertThatCode(() -> side.deliver(next))
          .as("deliver while %s", trouble)
          .doesNotThrowAnyException();
      assertThatCode(() -> side.lookUp(next))
          .as("look up while %s", trouble)
          .doesNotThrowAnyException();
      side.repair();
    }
  }

  void showsOnce() {
    assertThat(side.deliver(1)).isInstanceOf(DeliveryResult.Delivered.class);
    var unused = side.deliver(1);
    assertThat(side.timesShown(1)).as("delivered twice").isEqualTo(1);
    if (troubles.contains(FarSideTrouble.ANSWER_LOST)) {
      side.trouble(FarSideTrouble.ANSWER_LOST);
      unused = side.deliver(2);
      side.repair();
      unused = side.deliver(2);
      assertThat(side.timesShown(2)).as("delivered again after a lost answer").isEqualTo(1);
    }
  }

  void saysWhenItIsInDoubt() {
    int number = 0;
    for (FarSideTrouble trouble :
        List.of(FarSideTrouble.ANSWER_LOST, FarSideTrouble.ANSWER_GARBLED)) {
      if (!troubles.contains(trouble)) {
        continue;
      }
      number++;
      side.trouble(trouble);
      DeliveryResult result = side.deliver(number);
      side.repair();
      assertThat(side.timesShown(number)).as("the fake has acted").isEqualTo(1);
      assertThat(result)
          .as("while %s", trouble)
          .isInstanceOfAny(DeliveryResult.Unknown.class, DeliveryResult.Delivered.class);
    }
    if (troubles.contains(FarSideTrouble.UNREACHABLE)) {
      side.trouble(FarSideTrouble.UNREACHABLE);
      DeliveryResult result = side.deliver(9);
      side.repair();
      assertThat(result)
          .as("while unreachable")
          .isInstanceOfAny(DeliveryResult.RetryLater.class, DeliveryResult.Unknown.class);
    }
  }

  void passesOnWishes() {
    if (!troubles.contains(FarSideTrouble.ASKS_TO_WAIT)) {
      return;
    }
    side.trouble(FarSideTrouble.ASKS_TO_WAIT);
    DeliveryResult result = side.deliver(1);
    side.repair();
    assertThat(result).isInstanceOf(DeliveryResult.RetryLater.class);
    Optional<Duration> after = ((DeliveryResult.RetryLater) result).after();
    assertThat(after.orElse(Duration.ZERO)).isBetween(WISH, WISH.plusSeconds(1));
  }

  void rejectsWhatIsRefused() {
    if (!troubles.contains(FarSideTrouble.REFUSES)) {
      return;
    }
    side.trouble(FarSideTrouble.REFUSES);
    assertThat(side.deliver(1)).isInstanceOf(DeliveryResult.Rejected.class);
    side.repair();
  }

  void looksUpTheTruth() {
    LookUp before = side.lookUp(1);
    if (side.timesShown(1) == 0) {
      assertThat(before).as("before").isNotInstanceOf(LookUp.Found.class);
    }
    DeliveryResult result = side.deliver(1);
    assertThat(result).isInstanceOf(DeliveryResult.Delivered.class);
    assertThat(side.lookUp(1))
        .as("after")
        .isEqualTo(new LookUp.Found(((DeliveryResult.Delivered) result).externalId()));
    if (troubles.contains(FarSideTrouble.ANSWER_LOST)) {
      side.trouble(FarSideTrouble.ANSWER_LOST);
      var unused = side.deliver(2);
      side.repair();
      assertThat(side.lookUp(2)).as("after a lost answer").isNotInstanceOf(LookUp.NotFound.class);
    }
    if (troubles.contains(FarSideTrouble.UNREACHABLE)) {
      side.trouble(FarSideTrouble.UNREACHABLE);
      assertThat(side.lookUp(3)).as("while unreachable").isInstanceOf(LookUp.CannotTell.class);
      side.repair();
    }
  }

  void keepsTextsOutOfReasons() {
    List<String> reasons = new ArrayList<>();
    int number = 0;
    for (FarSideTrouble trouble : troubles) {
      number++;
      side.trouble(trouble);
      int next = number;
      collect(() -> reasonOf(side.deliver(next)), reasons);
      collect(() -> reasonOf(side.lookUp(next)), reasons);
      side.repair();
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

  private static Optional<String> reasonOf(DeliveryResult result) {
    if (result instanceof DeliveryResult.Rejected rejected) {
      return Optional.of(rejected.reason());
    }
    if (result instanceof DeliveryResult.Unknown unknown) {
      return Optional.of(unknown.reason());
    }
    return result instanceof DeliveryResult.RetryLater later
        ? Optional.of(later.reason())
        : Optional.empty();
  }
}
