package dev.relay.lucene.evaluation;

import java.util.Arrays;
import java.util.OptionalDouble;

/** The area under the receiver operating characteristic. */
final class Auroc {
  private Auroc() {}

  /** Returns the probability that a value of the first kind is greater than one of the second; ties count half. */
  static OptionalDouble of(double[] yes, double[] no) {
    if (yes.length == 0 || no.length == 0) {
      return OptionalDouble.empty();
    }
    double[] sorted = no.clone();
    Arrays.sort(sorted);
    double wins = 0;
    for (double value : yes) {
      int below = firstAtLeast(sorted, value);
      int equal = firstAtLeast(sorted, Math.nextUp(value)) - below;
      wins += below + equal / 2.0;
    }
    return OptionalDouble.of(wins / ((double) yes.length * no.length));
  }

  private static int firstAtLeast(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
